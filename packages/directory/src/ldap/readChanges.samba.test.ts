import { Secret } from '@isthmus/kernel';
import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Directory, DirectoryChanges } from '../Directory.ts';
import type { DirectoryUser } from '../DirectoryUser.ts';
import { connectLdapDirectory } from '../index.ts';
import { addServiceAccount, SERVICE_PASSWORD, startDirectory, type TestDirectory } from '../testing/startDirectory.ts';
import { searchWith } from './LdapSession.ts';
import { USER_FILTER } from './userEntry.ts';

let fixture: TestDirectory;
beforeAll(async () => {
  fixture = await startDirectory();
});
afterAll(() => fixture.stop());

let serial = 0;
async function newUser(): Promise<DirectoryUser> {
  serial += 1;
  const { domainName } = await fixture.directory.info();
  return fixture.directory.addUser({
    userName: `feed${serial}`,
    upn: `feed${serial}@${domainName}`,
    displayName: `Feed ${serial}`,
    givenName: '',
    surname: '',
    password: new Secret('Gr33n-Teapot-91'),
    mustChangePassword: false,
    containerDn: fixture.containerDn,
  });
}

async function addEntry(dn: string, attributes: Record<string, string>): Promise<void> {
  const list = Object.entries(attributes).map(([type, value]) => new Attribute({ type, values: [value] }));
  await fixture.administrator.add(dn, list);
}

const replace = (type: string, ...values: string[]): Change =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values }) });
const ids = (changes: DirectoryChanges): string[] => changes.changed.map((user) => user.userName).sort();

/** With every right, with the right to replicate alone, and with what any account may read. */
describe.each(['svc-administrator', 'svc-replicate', 'svc-plain'] as const)(
  'the change feed of the service account %s',
  (name) => {
    let directory: Directory;
    beforeAll(async () => {
      const bindDn = await addServiceAccount(fixture.administrator, fixture.controller.baseDn, name);
      directory = await connectLdapDirectory({ ...fixture.config, bindDn, bindPassword: new Secret(SERVICE_PASSWORD) });
      const checks = await directory.checkRights(fixture.containerDn);
      const wanted = {
        'svc-administrator': checks,
        'svc-replicate': checks.filter((check) => check.right === 'replicate-changes'),
        'svc-plain': [],
      }[name];
      for (const check of wanted) {
        for (const command of check.commands.samba) await fixture.controller.exec(['sh', '-c', command]);
      }
    });
    afterAll(() => directory.close());

    test('tells removals and changes, and nothing twice', async () => {
      const [gone, user] = [await newUser(), await newUser()];
      const start = await directory.readChanges();
      expect(start.changed.map((each) => each.id)).toEqual(expect.arrayContaining([gone.id, user.id]));
      await fixture.directory.removeUser(gone.id);
      await fixture.directory.changeUser(user.id, { office: 'North' });
      const round = await directory.readChanges(start.cookie);
      expect(round).toMatchObject({ removed: [gone.id], incremental: true });
      // Everybody was not read again.
      expect(ids(round)).toEqual([user.userName]);
      expect(await directory.readChanges(round.cookie)).toMatchObject({ changed: [], removed: [], incremental: true });
    });

    test('knows the new DNs when a container, a group or a manager is renamed', async () => {
      const [user, boss] = [await newUser(), await newUser()];
      const number = serial;
      const { administrator, containerDn } = fixture;
      const { baseDn } = fixture.controller;
      const [unit, group] = [`OU=Unit${serial},${baseDn}`, `CN=Group${serial},${containerDn}`];
      await addEntry(unit, { objectClass: 'organizationalUnit' });
      await addEntry(group, { objectClass: 'group', sAMAccountName: `Group${serial}` });
      await fixture.directory.addToGroup(group, user.id);
      await administrator.modify(user.dn, replace('manager', boss.dn));
      const moved = await fixture.directory.changeUser(boss.id, { containerDn: unit });

      let { cookie } = await directory.readChanges();
      const next = async (): Promise<readonly DirectoryUser[]> => {
        const round = await directory.readChanges(cookie);
        ({ cookie } = round);
        expect(round.incremental).toBe(true);
        return round.changed;
      };
      await administrator.modifyDN(group, `CN=Renamed${serial}`);
      expect(await next()).toMatchObject([{ id: user.id, groupDns: [`CN=Renamed${serial},${containerDn}`] }]);

      await administrator.modifyDN(unit, `OU=Moved${serial}`);
      const bossDn = moved.dn.replace(`OU=Unit${serial}`, `OU=Moved${serial}`);
      const afterMove = await next();
      expect(afterMove.find((each) => each.id === boss.id)?.dn).toBe(bossDn);
      expect(afterMove.find((each) => each.id === user.id)?.managerDn).toBe(bossDn);

      const renamed = await fixture.directory.changeUser(boss.id, { displayName: `Boss ${serial}` });
      const afterRename = await next();
      expect(afterRename.find((each) => each.id === user.id)?.managerDn).toBe(renamed.dn);

      await administrator.del(`CN=Renamed${number},${containerDn}`);
      expect((await next()).find((each) => each.id === user.id)?.groupDns).toEqual([]);
    });

    test('shows a lock and its end', async () => {
      const user = await newUser();
      await fixture.administrator.modify(fixture.controller.baseDn, [
        replace('lockoutThreshold', '2'),
        replace('lockoutDuration', '-6000000000'),
        replace('lockOutObservationWindow', '-6000000000'),
      ]);
      const start = await directory.readChanges();
      for (let attempt = 0; attempt < 2; attempt += 1) await directory.signIn(user.userName, new Secret('wrong'));
      expect(await directory.signIn(user.userName, new Secret('Gr33n-Teapot-91'))).toEqual({ outcome: 'locked' });
      const locked = await directory.readChanges(start.cookie);
      expect(locked.changed).toMatchObject([{ id: user.id, locked: true }]);
      expect((await fixture.directory.unlock(user.id)).locked).toBe(false);
      const unlocked = await directory.readChanges(locked.cookie);
      expect(unlocked.changed).toMatchObject([{ id: user.id, locked: false }]);
      await fixture.administrator.modify(fixture.controller.baseDn, replace('lockoutThreshold', '0'));
    });
  },
);

test('what was removed while nobody watched is found after a start', async () => {
  const [gone, user] = [await newUser(), await newUser()];
  const group = `CN=Short Life,${fixture.containerDn}`;
  await addEntry(group, { objectClass: 'group', sAMAccountName: 'Short Life' });
  await fixture.directory.addToGroup(group, user.id);
  const before = await connectLdapDirectory(fixture.config);
  const { cookie } = await before.readChanges();
  await before.close();
  await fixture.administrator.del(group);
  await fixture.directory.removeUser(gone.id);
  const after = await connectLdapDirectory(fixture.config);
  try {
    const round = await after.readChanges(cookie);
    expect(round.incremental).toBe(true);
    expect(round.removed).toContain(gone.id);
    expect(round.changed.find((each) => each.id === user.id)?.groupDns).toEqual([]);
  } finally {
    await after.close();
  }
});

test('hundreds of accounts come whole in one pass', async () => {
  const { containerDn, administrator } = fixture;
  const names = Array.from({ length: 620 }, (_, index) => `bulk${index}`);
  for (const name of names) {
    await administrator.add(`CN=${name},${containerDn}`, [
      new Attribute({ type: 'objectClass', values: ['user'] }),
      new Attribute({ type: 'sAMAccountName', values: [name] }),
    ]);
  }
  const { changed } = await fixture.directory.readChanges();
  const found = new Set(changed.map((user) => user.userName));
  expect(names.filter((name) => !found.has(name))).toEqual([]);
  expect(found.size).toBe(changed.length);
  // In pages, as Windows wants it, the answer is the same.
  const search = { base: fixture.controller.baseDn, filter: USER_FILTER, attributes: ['sAMAccountName'] };
  const paged = await searchWith(administrator, { ...search, pageSize: 100 });
  expect(paged.map((entry) => entry.text('sAMAccountName')).sort()).toEqual([...found].sort());
});
