import { DnsClient, parseDnsServerAddress, showDnsServerAddress } from '@isthmus/dns';
import { makeTestKey, type RunningNameServer, startBind } from '@isthmus/dns/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Body, SliceDriver, until } from '../../testing/SliceDriver.ts';
import { startTestServer, type TestServer } from '../../testing/startTestServer.ts';

const ZONE = 'adatum.test';
const key = makeTestKey();
const keyFile = `key "${key.name}" { algorithm ${key.algorithm}; secret "${key.secret.reveal()}"; };`;

let bind: RunningNameServer;
let server: TestServer;
let driver: SliceDriver;
let providerId: string;

beforeAll(async () => {
  bind = await startBind({
    zone: ZONE,
    key,
    lines: ['@ IN MX 10 mail.fabrikam.test.', '@ IN TXT "v=spf1 ip4:192.0.2.7 ~all"', 'mail IN A 192.0.2.7'],
  });
  server = await startTestServer([], showDnsServerAddress(bind.server));
  driver = new SliceDriver(server);
  const { id } = await driver.signedIn();
  await driver.confirm(id);
  await driver.attempt(id, 'done');
});
afterAll(async () => {
  await server.stop();
  await bind.stop();
});

const verdicts = (domain: Body): string[] =>
  domain['records'].map((record: Body) => `${record['purpose']} ${record['verdict']}`);
const link = (name: string, query = '') => driver.post(`/domains${query}`, { name });
const write = (body: object = {}, query = '') =>
  driver.post(`/domains/${ZONE}/records${query}`, { providerId, ...body });
const alerts = async (): Promise<string[]> => {
  const { items } = (await driver.get('/alerts')) as { items: Body[] };
  return items.map((alert) => alert['code']).filter((code: string) => code.startsWith('domains.'));
};

test('a name is judged before anything is added', async () => {
  expect(await link('fabrikam.onmicrosoft.com', '?dryRun=true')).toMatchObject({ code: 'dns.domain-name-microsofts' });
  const plan = await link(`Shop.${ZONE}`, '?dryRun=true');
  expect(plan).toMatchObject({ done: false, name: `shop.${ZONE}`, registrable: ZONE, domain: null });
  expect(plan['notices']).toMatchObject([{ code: 'domains.below-registrable' }]);
  expect((await link('contoso.com', '?dryRun=true'))['notices']).toMatchObject([{ code: 'domains.already-verified' }]);
  expect((await driver.get('/domains'))['items']).toHaveLength(2);
});

test('a linked domain waits for its proof, and is shown with the record to make', async () => {
  const { domain } = await link(ZONE);
  expect(domain).toMatchObject({
    name: ZONE,
    state: 'waiting-for-dns',
    isVerified: false,
    nameServers: [`ns1.${ZONE}`],
  });
  expect(verdicts(domain)).toEqual(['ownership missing']);
  expect(domain['records'][0]).toMatchObject({
    wanted: { type: 'TXT', host: '@', value: expect.stringMatching(/^MS=ms\d+$/) },
    alternative: { type: 'MX' },
  });
  const listed = (await driver.get('/domains'))['items'].find(({ name }: Body) => name === ZONE);
  expect(listed).toMatchObject({ isVerified: false, state: 'waiting-for-dns' });
});

test('a provider is tried before it is kept, and its secret is never shown', async () => {
  const wrong = `key "${key.name}" { algorithm ${key.algorithm}; secret "bm90LXRoZS1rZXk="; };`;
  const provider = { kind: 'rfc2136', name: 'Our BIND', server: showDnsServerAddress(bind.server) };
  const add = (changes: object) =>
    driver.post('/dns-providers', { provider: { ...provider, ...changes }, domain: ZONE });
  expect(await add({ key: wrong })).toMatchObject({ code: 'dns.provider-key-refused' });
  expect(await add({ key: 'rubbish' })).toMatchObject({ code: 'dns.key-invalid' });
  const added = await add({ key: keyFile });
  expect(added).toMatchObject({ kind: 'rfc2136', name: 'Our BIND' });
  expect(JSON.stringify(added)).not.toContain(key.secret.reveal());
  expect(await add({ key: keyFile })).toMatchObject({ code: 'domains.provider-name-taken' });
  expect((await driver.get('/dns-providers'))['total']).toBe(1);
  providerId = added['id'];
});

test('the proof is written, Microsoft 365 verifies the domain, and its records are wanted', async () => {
  const plan = await write({}, '?dryRun=true');
  expect(plan).toMatchObject({ done: false, zone: ZONE, conflicts: [] });
  expect(plan['changes']).toMatchObject([{ type: 'TXT', before: [{}], after: [{}, {}] }]);
  expect(await write()).toMatchObject({ done: true });
  const domain = await until(async () => {
    const found = await driver.get(`/domains/${ZONE}`);
    return found['isVerified'] && found;
  });
  expect(domain).toMatchObject({ state: 'records-missing', isDefault: false });
  expect(verdicts(domain)).toEqual(
    expect.arrayContaining([
      'mail different',
      'sender-policy different',
      'autodiscover missing',
      'communication missing',
    ]),
  );
  const [mail] = domain['records'].filter(({ purpose }: Body) => purpose === 'mail');
  expect(mail['wanted']['value']).toMatch(/^20 /);
  expect(await alerts()).toContain('domains.verified');
  const { items } = await driver.get('/audit?q=verified');
  expect(items).toMatchObject([{ action: 'domain.verified' }]);
});

test('everything is written at once, beside what is there; a host in the way is left until it may go', async () => {
  await driver.patch(`/domains/${ZONE}`, { options: { webmail: true, dmarc: true, dkim: true } });
  const first = await write();
  expect(first['conflicts']).toEqual([`webmail:cname:mail.${ZONE}`]);
  expect(first['domain']['state']).toBe('verified');
  const client = new DnsClient({ server: bind.server });
  const texts = await client.ask(ZONE, 'TXT');
  expect(texts).toMatchObject({
    records: expect.arrayContaining([
      expect.objectContaining({ text: 'v=spf1 ip4:192.0.2.7 include:spf.protection.outlook.com ~all' }),
    ]),
  });
  const second = await write({ replaceConflicts: true });
  expect(second['conflicts']).toEqual([]);
  expect(verdicts(second['domain'])).toContain('webmail found');

  const undone = await driver.post(`/domains/${ZONE}/undo`, {});
  expect(undone).toMatchObject({ done: true, domain: { lastWrite: { undone: true } } });
  expect(verdicts(undone['domain'])).toContain('webmail conflicting');
  expect(await driver.post(`/domains/${ZONE}/undo`, {})).toMatchObject({ code: 'domains.nothing-to-undo' });
});

test('mail that has moved comes first', async () => {
  const moved = await driver.patch(`/domains/${ZONE}`, { hasMoved: true });
  const [mail] = moved['records'].filter(({ purpose }: Body) => purpose === 'mail');
  expect(mail).toMatchObject({
    wanted: { value: expect.stringMatching(/^0 /) },
    notices: [{ code: 'domains.mail-order' }],
  });
  const written = await write();
  expect(written['domain']['records'].find(({ purpose }: Body) => purpose === 'mail')['notices']).toEqual([]);
});

test('a zone of the directory that hides the records gets those that programs inside ask for', async () => {
  const { controller } = server;
  const samba = (...words: string[]) => controller.exec(['samba-tool', ...words]);
  const administrator = ['-U', `Administrator%${controller.administrator.password}`];
  expect(await write({ providerId: 'directory' })).toMatchObject({ code: 'dns.zone-missing' });
  await samba('dns', 'zonecreate', '127.0.0.1', ZONE, ...administrator);
  await samba('dns', 'add', '127.0.0.1', ZONE, 'autodiscover', 'A', '192.0.2.9', ...administrator);
  expect(verdicts(await driver.post(`/domains/${ZONE}/check`, {}))).toContain('autodiscover shadowed');

  // The name that an administrator made is not the service account's to change.
  const inside = { providerId: 'directory', replaceConflicts: true };
  expect(await write(inside)).toMatchObject({ code: 'dns.provider-refused' });
  await samba('group', 'addmembers', 'DnsAdmins', 'svc-isthmus');
  const written = await write(inside);
  expect(written).toMatchObject({ done: true, zone: ZONE, conflicts: [] });
  expect(written['changes'].map(({ type, name }: Body) => `${type} ${name}`)).not.toContain(`MX ${ZONE}`);
  expect(verdicts(written['domain'])).toContain('autodiscover found');
  expect(verdicts(written['domain']).filter((verdict) => verdict.endsWith('shadowed'))).toEqual([]);

  await driver.post(`/domains/${ZONE}/undo`, {});
  const client = new DnsClient({ server: parseDnsServerAddress(controller.dnsServer) });
  const answer = await client.ask(`autodiscover.${ZONE}`, 'A');
  expect(answer).toMatchObject({ kind: 'answered', records: [{ type: 'A', address: '192.0.2.9' }] });
});

test('what is still to be made can be downloaded for people who do it by hand', async () => {
  const { fileName, text } = await driver.get(`/domains/${ZONE}/records.txt`);
  expect(fileName).toMatch(/^NewDNSRecords_\(\d{4}\)\.txt$/);
  expect(text).toContain(`mail.${ZONE}. 3600 IN CNAME mail.office365.com.`);
});

test('a default domain is not unlinked, nor one that is used; afterwards nothing is left of it', async () => {
  expect(await driver.post(`/domains/${ZONE}/default`, {})).toMatchObject({ isDefault: true });
  const unlink = (body: object, query = '') => driver.post(`/domains/${ZONE}/unlink${query}`, body);
  expect(await unlink({}, '?dryRun=true')).toMatchObject({ done: false, problem: { code: 'domains.default' } });
  await driver.post('/domains/contoso.com/default', {});

  const person = await driver.user('bjorn.aas');
  const accounts = [{ userId: person.id, address: `bjorn.aas@${ZONE}` }];
  await driver.post('/online-accounts/bulk-create?wait=30', { accounts, skuIds: [] });
  const used = await unlink({ confirm: ZONE });
  expect(used).toMatchObject({ done: false, problem: { code: 'online.domain-in-use' } });
  expect(used['uses']).toMatchObject([{ kind: 'user', name: `bjorn.aas@${ZONE}`, userId: person.id }]);

  const selection = { ids: [person.id] };
  await driver.post('/users/sign-in-names?wait=30', { selection, domain: 'contoso.com' });
  expect(await unlink({ confirm: 'wrong' })).toMatchObject({ code: 'domains.not-confirmed' });
  expect(await unlink({ confirm: ZONE })).toMatchObject({ done: true });
  expect(await driver.get(`/domains/${ZONE}`)).toMatchObject({ code: 'domains.not-watched' });
  expect((await driver.get('/domains'))['items'].map(({ name }: Body) => name)).not.toContain(ZONE);
  expect(await alerts()).toEqual([]);
});
