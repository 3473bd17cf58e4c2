import { Secret } from '@isthmus/kernel';
import { Attribute, Change, Client } from 'ldapts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDirectoryContract } from '../../contract-tests/index.ts';
import { connectLdapDirectory, type Directory } from '../../index.ts';
import { DirSyncControl } from '../../ldap/DirSyncControl.ts';
import { startDirectory, type TestDirectory } from '../startDirectory.ts';
import { type RunningWindowsWays, startWindowsWays } from './startWindowsWays.ts';

/** Smaller than on Windows, so that few entries are enough to meet them. */
const LIMITS = { pageSize: 20, valueRange: 7, dirSyncEntries: 10 };
const MEMBERS = 30;

let fixture: TestDirectory;
let windows: RunningWindowsWays;
let directory: Directory;
let client: Client;

const attributes = (values: Record<string, string | string[]>): Attribute[] =>
  Object.entries(values).map(([type, value]) => new Attribute({ type, values: [value].flat() }));
const ou = (): string => `OU=Many,${fixture.controller.baseDn}`;

beforeAll(async () => {
  fixture = await startDirectory();
  windows = await startWindowsWays(fixture.controller, LIMITS);
  directory = await connectLdapDirectory({ ...fixture.config, urls: [windows.ldapsUrl] });
  client = new Client({ url: windows.ldapsUrl, tlsOptions: { ca: fixture.controller.caPem } });
  await client.bind(fixture.config.bindDn, fixture.config.bindPassword.reveal());
  await client.add(ou(), attributes({ objectClass: 'organizationalUnit' }));
  const dns = Array.from({ length: MEMBERS }, (_, index) => `CN=Many ${index},${ou()}`);
  for (const [index, dn] of dns.entries()) {
    await client.add(
      dn,
      attributes({ objectClass: 'user', sAMAccountName: `many${index}`, userAccountControl: '514' }),
    );
  }
  await client.add(`CN=Crowd,${ou()}`, attributes({ objectClass: 'group', sAMAccountName: 'Crowd', member: dns }));
});
afterAll(async () => {
  await client.unbind();
  await directory.close();
  await windows.stop();
  await fixture.stop();
});

describeDirectoryContract('LdapDirectory on Windows’ ways', async () => ({
  ...fixture,
  directory,
  stop: async () => {},
}));

test('it is taken for Windows', async () => {
  expect(await directory.info()).toMatchObject({ vendor: 'windows' });
});

test('a search without pages ends at the limit; the adapter asks for pages and gets everybody', async () => {
  const plain = client.search(ou(), { scope: 'sub', filter: '(objectClass=user)', attributes: ['cn'] });
  await expect(plain).rejects.toMatchObject({ code: 4 });
  const before = windows.ways.played.page;
  const { changed } = await directory.readChanges();
  expect(changed.filter((user) => user.dn.endsWith(ou()))).toHaveLength(MEMBERS);
  expect(windows.ways.played.page).toBeGreaterThan(before);
});

test('many members come in ranges, and are counted and listed as a whole', async () => {
  const { searchEntries } = await client.search(`CN=Crowd,${ou()}`, { scope: 'base', attributes: ['member'] });
  expect(searchEntries[0]?.['member;range=0-6']).toHaveLength(7);
  const last = await client.search(`CN=Crowd,${ou()}`, { scope: 'base', attributes: ['member;range=28-*'] });
  expect(last.searchEntries[0]?.['member;range=28-*']).toHaveLength(2);
  const crowd = (await directory.listGroups()).find((group) => group.name === 'Crowd');
  expect(crowd?.memberCount).toBe(MEMBERS);
  expect(await directory.listGroupMembers(crowd?.id ?? '')).toHaveLength(MEMBERS);
});

test('whoever is in many groups has all of them', async () => {
  const dn = `CN=Many 0,${ou()}`;
  for (let index = 0; index < LIMITS.valueRange + 3; index += 1) {
    const group = attributes({ objectClass: 'group', sAMAccountName: `Club${index}`, member: dn });
    await client.add(`CN=Club ${index},${ou()}`, group);
  }
  const user = await directory.findUserByName('many0');
  expect(user?.groupDns).toHaveLength(LIMITS.valueRange + 4);
  const { changed } = await directory.readChanges();
  expect(changed.find(({ id }) => id === user?.id)?.groupDns).toHaveLength(LIMITS.valueRange + 4);
});

test('the change feed comes in parts, and nobody is missed', async () => {
  const control = new DirSyncControl(0);
  const { searchEntries } = await client.search(
    fixture.controller.baseDn,
    { scope: 'sub', filter: '(objectClass=user)', attributes: ['sAMAccountName'] },
    [control],
  );
  expect(searchEntries).toHaveLength(LIMITS.dirSyncEntries);
  expect(control.more).toBe(true);
  const { cookie } = await directory.readChanges();
  for (let index = 0; index < MEMBERS; index += 1) {
    const change = new Change({
      operation: 'replace',
      modification: new Attribute({ type: 'title', values: ['New'] }),
    });
    await client.modify(`CN=Many ${index},${ou()}`, change);
  }
  const before = windows.ways.parts.told;
  const round = await directory.readChanges(cookie);
  expect(round.incremental).toBe(true);
  expect(round.changed.filter((user) => user.title === 'New')).toHaveLength(MEMBERS);
  expect(windows.ways.parts.told).toBeGreaterThanOrEqual(before + 2);
});

test('an account without a password is not enabled, and the reason is told', async () => {
  const user = await directory.findUserByName('many1');
  expect(user?.enabled).toBe(false);
  const enabling = user && directory.setEnabled(user.id, true);
  await expect(enabling).rejects.toMatchObject({
    code: 'directory.password-refused',
    message: 'The directory does not enable an account that has no password.',
    remedy: 'Set a password for it first; then enable it.',
  });
  expect(windows.ways.played['no-password']).toBe(1);
});

test('a refused password is named as such, without a reason that nobody gave', async () => {
  const user = await directory.findUserByName('many2');
  const before = windows.ways.played.password;
  const resetting = user && directory.resetPassword(user.id, new Secret('x'), { mustChange: false });
  await expect(resetting).rejects.toMatchObject({
    code: 'directory.password-refused',
    message: 'The directory refused the password.',
  });
  expect(windows.ways.played.password).toBe(before + 1);
});

test('referrals beside the entries are left alone, and a name of another domain does not exist', async () => {
  const { searchReferences } = await client.search(fixture.controller.baseDn, {
    scope: 'sub',
    filter: '(cn=Crowd)',
    attributes: ['cn'],
  });
  expect(searchReferences.length).toBeGreaterThan(0);
  const elsewhere = connectLdapDirectory({
    ...fixture.config,
    urls: [windows.ldapsUrl],
    managedOu: 'OU=Staff,DC=elsewhere,DC=test',
  });
  await expect(elsewhere).rejects.toMatchObject({ code: 'directory.container-not-found' });
});
