import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { passwordWorks } from '../../../../../packages/microsoft365/src/contract-tests/emulatedTenant.ts';
import { type Body, SliceDriver, until } from '../../testing/SliceDriver.ts';
import { startTestServer, type TestServer } from '../../testing/startTestServer.ts';

const ONLINE_PASSWORD = 'Before-The-Import-1';

function person(userPrincipalName: string, displayName: string, more: object = {}) {
  return { userPrincipalName, displayName, password: ONLINE_PASSWORD, licenses: ['SPB'], ...more };
}

let server: TestServer;
let driver: SliceDriver;

beforeAll(async () => {
  server = await startTestServer([
    person('grace.hopper', 'Grace Hopper', { properties: { department: 'Research', mobilePhone: '+1 555 0100' } }),
    person('katherine.johnson', 'Katherine Johnson'),
    person('mary.jackson-of-hampton-virginia', 'Mary Jackson'),
    person('info', 'Info Mailbox', { accountEnabled: false, licenses: [] }),
    person('guest_fabrikam.com#EXT#', 'A Guest', { licenses: [] }),
  ]);
  driver = new SliceDriver(server);
  const attempt = await driver.signedIn();
  await driver.confirm(attempt['id']);
  await driver.attempt(attempt['id'], 'done');
  await until(async () => (await driver.get('/online-accounts'))['total'] >= 6);
});
afterAll(() => server.stop());

async function candidates(): Promise<Body[]> {
  return (await driver.get('/online-accounts/import-candidates'))['items'];
}

/** Everything that the database, the audit and the jobs tell about the password. */
async function told(jobId: string): Promise<string> {
  const pages = await Promise.all(
    [`/jobs/${jobId}`, `/jobs/${jobId}/items`, '/audit', '/jobs', `/jobs/${jobId}/passwords`].map((path) =>
      driver.get(path),
    ),
  );
  return JSON.stringify(pages);
}

describe('accounts of the tenant', () => {
  let jobId: string;

  test('are offered with a user name, or with the reason why not', async () => {
    const offered = new Map((await candidates()).map((each) => [each['displayName'], each]));
    expect(offered.get('Grace Hopper')).toMatchObject({ userName: 'grace.hopper', selected: true, blocked: null });
    expect(offered.get('Mary Jackson')?.['userName']).toHaveLength(20);
    expect(offered.get('Info Mailbox')).toMatchObject({
      selected: false,
      blocked: { code: 'imports.sign-in-blocked' },
    });
    expect(offered.get('A Guest')).toMatchObject({ selected: false, blocked: { code: 'imports.guest' } });
    expect(offered.get('Tenant Administrator')).toMatchObject({ selected: false, blocked: null });
  });

  test('become user accounts that are linked, without another password online', async () => {
    const accounts = (await candidates())
      .filter((each) => each['selected'])
      .map(({ onlineAccountId, userName }) => ({ onlineAccountId, userName }));
    expect(accounts).toHaveLength(3);
    const { plan } = await driver.post('/online-accounts/import?dryRun=true', { accounts });
    expect(plan).toMatchObject({ blocked: null, counts: { 'directory.add-user': 3, 'link.create': 3 } });
    const { job } = await driver.post('/online-accounts/import?wait=30', { accounts });
    expect(job).toMatchObject({ kind: 'import-online-accounts', state: 'done', counts: { done: 3, failed: 0 } });
    jobId = job.id;
    const grace = await until(async () => {
      const row = await driver.user('grace.hopper');
      return row.online !== null && row;
    });
    expect(grace).toMatchObject({
      online: { address: 'grace.hopper@contoso.com' },
      password: { state: 'must-change' },
    });
    expect(await driver.get(`/users/${grace.id}`)).toMatchObject({
      department: 'Research',
      mobile: '+1 555 0100',
      mustChangePassword: true,
      drift: [],
    });
    expect(await passwordWorks(server.emulator, 'grace.hopper@contoso.com', ONLINE_PASSWORD)).toBe(true);
    expect(await driver.post('/online-accounts/import', { accounts })).toMatchObject({
      code: 'imports.already-linked',
    });
  });

  test('have first passwords that are shown once, to whoever started the import, and are kept nowhere', async () => {
    const path = `/jobs/${jobId}/passwords`;
    expect(await driver.get(path)).toMatchObject({ count: 3, mayShow: true });
    const answers = await Promise.all([driver.post(path), driver.post(path)]);
    const [shown, refused] = answers.toSorted((one) => (one['items'] === undefined ? 1 : -1));
    expect(refused).toMatchObject({ status: 410, code: 'imports.passwords-gone' });
    const items = shown?.['items'] as Body[];
    expect(items.map(({ userName }) => userName)).toContain('grace.hopper');
    expect(await driver.get(path)).toMatchObject({ count: 0, until: null });
    const all = await told(jobId);
    for (const { password, upn } of items) {
      expect(all).not.toContain(password);
      const signIn = await server.api.post('/session', { userName: upn, password, kind: 'token' });
      expect(signIn.body).toMatchObject({ code: 'session.must-change-password' });
    }
    expect(all).toContain('Was shown the first passwords of 3 people');
  });

  test('get the password that the person chooses at the first sign-in', async () => {
    const { id } = await driver.user('katherine.johnson');
    const password = 'Trajectory-1962-x';
    expect(await driver.post(`/users/${id}/reset-password?wait=30`, { password })).toMatchObject({
      job: { state: 'done' },
    });
    await until(() => passwordWorks(server.emulator, 'katherine.johnson@contoso.com', password));
  });

  test('are imported by administrators only, and shown to nobody else', async () => {
    const other = server.controller.guide.helpDeskMember;
    const helpDesk = await server.signIn(other?.userName ?? '');
    const accounts = [{ onlineAccountId: crypto.randomUUID(), userName: 'x' }];
    expect((await helpDesk.post('/online-accounts/import', { accounts })).status).toBe(403);
    expect((await helpDesk.post(`/jobs/${jobId}/passwords`)).status).toBe(403);
  });
});

describe('people of a file', () => {
  const read = async (text: string, mapping?: object): Promise<Body> =>
    driver.post('/users/import/read', {
      file: Buffer.from(text).toString('base64'),
      ...(mapping === undefined ? {} : { mapping }),
    });
  const file = [
    'Vorname;Nachname;Abteilung;online address;licenses',
    'Ada;Lovelace;Analyse;ada.lovelace@contoso.com;SPB',
    'Annie;Easley;Raketen;;',
  ].join('\r\n');

  test('are added, with an online account where it is wanted, and once only', async () => {
    const { rows, columns } = await read(file);
    expect(columns.map((column: Body) => column['field'])).toEqual([
      'givenName',
      'surname',
      'department',
      'onlineAddress',
      'licenses',
    ]);
    const bad = { line: 4, values: { userName: 'a b', displayName: 'Bad Name' } };
    const { job } = await driver.post('/users/import?wait=30', { rows: [...rows, bad] });
    expect(job).toMatchObject({ state: 'done-with-problems', counts: { total: 3, done: 2, failed: 1 } });
    const [failed] = (await driver.get(`/jobs/${job.id}/items?filter=failed`))['items'];
    expect(failed.problem).toMatchObject({ code: 'directory.invalid-value', field: 'userName' });
    expect(failed.problem.message).toMatch(/^Line 4, column userName: .*“a b”/);
    const ada = await until(async () => {
      const row = await driver.user('ada.lovelace');
      return row.online?.state === 'active' && row;
    });
    expect(ada.online).toMatchObject({ address: 'ada.lovelace@contoso.com' });
    const { items } = await driver.post(`/jobs/${job.id}/passwords`);
    expect(items.map(({ userName }: Body) => userName)).toEqual(['ada.lovelace', 'annie.easley']);
    expect(await passwordWorks(server.emulator, 'ada.lovelace@contoso.com', items[0].password)).toBe(true);

    const again = await driver.post('/users/import?wait=30', { rows });
    expect(again['job']).toMatchObject({ state: 'done', counts: { total: 2, unchanged: 2 } });
  });

  test('who are there with other values are changed only when that is wanted', async () => {
    const { rows } = await read('user name,department\nannie.easley,Software', { userName: 0, department: 1 });
    const named = rows.map((row: Body) => ({ ...row, values: { ...row['values'], displayName: 'Annie Easley' } }));
    expect(await driver.post('/users/import', { rows: named })).toMatchObject({ code: 'imports.user-differs' });
    const { job } = await driver.post('/users/import?wait=30', { rows: named, existing: 'change' });
    expect(job).toMatchObject({ state: 'done' });
    const { id } = await driver.user('annie.easley');
    expect(await driver.get(`/users/${id}`)).toMatchObject({ department: 'Software' });
  });

  test('go to a unit that exists', async () => {
    const rows = [{ line: 2, values: { userName: 'x.y', displayName: 'X Y' } }];
    expect(await driver.post('/users/import?dryRun=true', { rows, containerDn: 'OU=Nowhere,DC=x' })).toMatchObject({
      code: 'directory.container-not-found',
      field: 'containerDn',
    });
  });
});
