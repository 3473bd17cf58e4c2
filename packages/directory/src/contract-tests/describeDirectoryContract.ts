import { randomUUID } from 'node:crypto';
import { isDomainError, parseUserId, Secret } from '@isthmus/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Directory } from '../Directory.ts';
import type { DirectoryUser, NewDirectoryUser } from '../DirectoryUser.ts';

/** A directory to test, with places the suite may write in. */
export interface DirectoryUnderTest {
  readonly directory: Directory;
  /** Somebody who may change everything. */
  readonly domainAdministrator: { readonly name: string; readonly password: Secret };
  /** Empty container that the suite fills and changes. */
  readonly containerDn: string;
  /** Second container, to move accounts to. */
  readonly otherContainerDn: string;
  /** Empty group, itself a member of `outerGroupDn`. */
  readonly groupDn: string;
  readonly outerGroupDn: string;
  /** Closes the directory and throws the fixture away. */
  readonly stop: () => Promise<void>;
}

const PASSWORD = new Secret('Gr33n-Teapot-91');

/** What every adapter of the port has to do, whatever server is behind it. */
export function describeDirectoryContract(name: string, makeDirectory: () => Promise<DirectoryUnderTest>): void {
  describe(`${name} is a directory`, () => {
    let fixture: DirectoryUnderTest;
    let directory: Directory;
    let serial = 0;

    beforeAll(async () => {
      fixture = await makeDirectory();
      directory = fixture.directory;
    });
    afterAll(() => fixture.stop());

    const newUser = async (overrides: Partial<NewDirectoryUser> = {}): Promise<DirectoryUser> => {
      serial += 1;
      const { domainName } = await directory.info();
      const userName = overrides.userName ?? `person${serial}`;
      return directory.addUser({
        userName,
        upn: `${userName}@${domainName}`,
        displayName: `Person ${serial}`,
        givenName: 'Person',
        surname: String(serial),
        password: PASSWORD,
        mustChangePassword: false,
        containerDn: fixture.containerDn,
        ...overrides,
      });
    };
    const code = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => 'no error',
        (error: unknown) => (isDomainError(error) ? error.code : String(error)),
      );

    describe('what it says about itself', () => {
      test('names, suffixes, password policy and time', async () => {
        const info = await directory.info();
        expect(info.baseDn.toLowerCase()).toBe(`dc=${info.domainName.replaceAll('.', ',dc=')}`);
        expect(info.upnSuffixes).toContain(info.domainName);
        expect(info.domainControllers).toContain(info.dcHostName);
        expect(info.netbiosName).not.toBe('');
        expect(info.passwordPolicy.minimumLength).toBeGreaterThan(0);
        expect(Math.abs(info.clockSkewMs)).toBeLessThan(60_000);
      });

      test('the password policy changes with the rights of an administrator, and nobody else’s', async () => {
        const before = (await directory.info()).passwordPolicy;
        const { domainAdministrator: administrator } = fixture;
        const changes = {
          minimumLength: 9,
          maximumAgeDays: 0,
          minimumAgeDays: 0,
          lockoutThreshold: 0,
          lockoutMinutes: 0,
        };
        expect(await directory.changePasswordPolicy(changes, administrator)).toEqual({ ...before, ...changes });
        const user = await newUser();
        const person = { name: user.userName, password: PASSWORD };
        expect(await code(directory.changePasswordPolicy({ minimumLength: 3 }, person))).toBe(
          'directory.not-permitted',
        );
        const wrong = { ...administrator, password: new Secret('Wrong-Password-1') };
        expect(await code(directory.changePasswordPolicy({ minimumLength: 3 }, wrong))).toBe(
          'directory.credentials-refused',
        );
        expect(await directory.changePasswordPolicy(before, administrator)).toEqual(before);
        expect(await directory.listFineGrainedPolicies()).toEqual([]);
      });

      test('the position moves with a write', async () => {
        const before = BigInt(await directory.highestCommittedUsn());
        await newUser();
        expect(BigInt(await directory.highestCommittedUsn())).toBeGreaterThan(before);
      });

      test('groups are added, renamed, filled and removed', async () => {
        const made = await directory.addGroup({
          name: 'Zürich Team',
          description: 'First floor',
          containerDn: fixture.containerDn,
        });
        expect(made).toMatchObject({ name: 'Zürich Team', scope: 'global', isSecurity: true, isProtected: false });
        expect(await directory.findGroup(made.id)).toEqual(made);
        const again = directory.addGroup({ name: 'zürich team', description: '', containerDn: fixture.containerDn });
        expect(await code(again)).toBe('directory.user-name-taken');
        const renamed = await directory.changeGroup(made.id, { name: 'Bern', description: '' });
        expect(renamed).toMatchObject({ id: made.id, name: 'Bern', description: '' });
        expect(renamed.dn).toBe(`CN=Bern,${fixture.containerDn}`);

        const people = [await newUser(), await newUser(), await newUser()];
        const dns = people.map(({ dn }) => dn);
        const [first = ''] = dns;
        await directory.changeGroupMembers(made.id, { add: [first], remove: [] });
        const full = await directory.changeGroupMembers(made.id, { add: [...dns, fixture.groupDn], remove: [] });
        expect(full.memberCount).toBe(4);
        const members = await directory.listGroupMembers(made.id);
        expect(members.map(({ kind }) => kind).sort()).toEqual(['group', 'user', 'user', 'user']);
        expect(members.map(({ dn }) => dn)).toContain(first);
        const less = await directory.changeGroupMembers(made.id, { add: [], remove: [first, fixture.groupDn, first] });
        expect(less.memberCount).toBe(2);
        await directory.removeGroup(made.id);
        await directory.removeGroup(made.id);
        expect(await directory.findGroup(made.id)).toBeUndefined();
        expect(await code(directory.listGroupMembers(made.id))).toBe('directory.group-not-found');
      });

      test('groups of the system are told apart', async () => {
        const groups = await directory.listGroups();
        const named = (name: string) => groups.find((group) => group.name === name);
        expect(named('Domain Admins')).toMatchObject({ isProtected: true, scope: 'global' });
        expect(named('Administrators')).toMatchObject({ isProtected: true });
        expect(named('Inner')).toMatchObject({ isProtected: false, memberOfDns: [fixture.outerGroupDn] });
      });

      test('containers and groups', async () => {
        const units = await directory.listOrganizationalUnits();
        expect(units.map((unit) => unit.dn)).toContain(fixture.containerDn);
        const groups = await directory.listGroups();
        expect(groups.find((group) => group.dn === fixture.outerGroupDn)?.memberCount).toBe(1);
      });
    });

    describe('creating accounts', () => {
      test('the account is there at once, whole, enabled, and its password works', async () => {
        const user = await newUser({
          displayName: 'Zoë Ångström',
          givenName: 'Zoë',
          surname: 'Ångström',
          mail: 'zoe@contoso.test',
          department: 'R&D',
          title: 'Chief *',
          office: '4 (north)',
          phone: '+46 8 123',
          mobile: '+46 70 123',
          company: 'Contoso',
          description: 'First, and "only"',
        });
        expect(user).toMatchObject({
          displayName: 'Zoë Ångström',
          givenName: 'Zoë',
          surname: 'Ångström',
          mail: 'zoe@contoso.test',
          department: 'R&D',
          title: 'Chief *',
          office: '4 (north)',
          phone: '+46 8 123',
          mobile: '+46 70 123',
          company: 'Contoso',
          description: 'First, and "only"',
          enabled: true,
          locked: false,
          builtIn: false,
          protectedAdministrator: false,
          expiresAt: undefined,
        });
        expect(user.passwordSetAt).toBeInstanceOf(Date);
        expect(user.createdAt).toBeInstanceOf(Date);
        expect(Buffer.from(user.anchor, 'base64')).toHaveLength(16);
        expect(await directory.findUser(user.id)).toEqual(user);
        expect(await directory.signIn(user.userName, PASSWORD)).toMatchObject({ outcome: 'ok', user: { id: user.id } });
      });

      test.each([
        'Comma, Backslash\\ and "quotes"',
        '#hash + plus = equals; <angle>',
        ' (paren) * star / slash',
        'trailing backslash\\',
        '李小龍 😀',
      ])('the display name %j makes a proper entry', async (displayName) => {
        const user = await newUser({ displayName });
        expect(user.displayName).toBe(displayName);
        expect(await directory.findUserByName(user.userName)).toEqual(user);
        const renamed = await directory.changeUser(user.id, { displayName: `New ${displayName}` });
        expect(renamed.displayName).toBe(`New ${displayName}`);
        await directory.removeUser(user.id);
      });

      test('two people with one display name live in one container', async () => {
        const first = await newUser({ displayName: 'Double Name' });
        const second = await newUser({ displayName: 'Double Name' });
        expect(second.displayName).toBe('Double Name');
        expect(second.dn).toContain(`(${second.userName})`);
        expect(first.dn).not.toBe(second.dn);
      });

      test('a taken user name or principal name is refused by name', async () => {
        const { domainName } = await directory.info();
        const user = await newUser();
        expect(await code(newUser({ userName: user.userName, upn: `other@${domainName}` }))).toBe(
          'directory.user-name-taken',
        );
        expect(await code(newUser({ userName: 'othername', upn: user.upn ?? '' }))).toBe('directory.upn-taken');
      });

      test('a weak password creates nothing', async () => {
        expect(await code(newUser({ userName: 'weak', password: new Secret('a') }))).toBe('directory.password-refused');
        expect(await directory.findUserByName('weak')).toBeUndefined();
      });

      test('a container that does not exist is named as the reason', async () => {
        const { baseDn } = await directory.info();
        expect(await code(newUser({ containerDn: `OU=Nowhere,${baseDn}` }))).toBe('directory.container-not-found');
      });
    });

    describe('changing accounts', () => {
      test('only the given fields change, and null empties', async () => {
        const user = await newUser({ department: 'Sales', title: 'Clerk' });
        const expiresAt = new Date('2031-05-01T00:00:00.000Z');
        const changed = await directory.changeUser(user.id, { department: null, office: 'B2', expiresAt });
        expect(changed).toEqual({ ...user, department: '', office: 'B2', expiresAt });
        const cleared = await directory.changeUser(user.id, { expiresAt: null });
        expect(cleared.expiresAt).toBeUndefined();
      });

      test('a new display name renames the entry, also when that name is taken', async () => {
        const other = await newUser({ displayName: 'Grace Hopper' });
        const user = await newUser();
        const renamed = await directory.changeUser(user.id, { displayName: 'Grace Hopper', userName: 'grace' });
        expect(renamed).toMatchObject({ id: user.id, displayName: 'Grace Hopper', userName: 'grace' });
        expect(renamed.dn).toContain('CN=Grace Hopper (grace),');
        await directory.removeUser(other.id);
        const again = await directory.changeUser(user.id, { displayName: 'Grace Hopper' });
        expect(again.dn).toContain('CN=Grace Hopper');
      });

      test('an account moves to another container and keeps its id', async () => {
        const user = await newUser();
        const moved = await directory.changeUser(user.id, { containerDn: fixture.otherContainerDn });
        expect(moved.id).toBe(user.id);
        expect(moved.dn).toContain(fixture.otherContainerDn);
      });

      test('names of others are refused, the own one is not', async () => {
        const [user, other] = [await newUser(), await newUser()];
        expect(await code(directory.changeUser(user.id, { userName: other.userName }))).toBe(
          'directory.user-name-taken',
        );
        expect(await code(directory.changeUser(user.id, { upn: other.upn ?? '' }))).toBe('directory.upn-taken');
        expect(await directory.changeUser(user.id, { userName: user.userName })).toEqual(user);
      });

      test('disabling, enabling and signing in', async () => {
        const user = await newUser();
        expect((await directory.setEnabled(user.id, false)).enabled).toBe(false);
        expect((await directory.setEnabled(user.id, false)).enabled).toBe(false);
        expect(await directory.signIn(user.userName, PASSWORD)).toEqual({ outcome: 'disabled' });
        expect((await directory.setEnabled(user.id, true)).enabled).toBe(true);
        expect((await directory.signIn(user.userName, PASSWORD)).outcome).toBe('ok');
      });

      test('a new password works at once, and it may have to be changed', async () => {
        const user = await newUser();
        const next = new Secret('Pä$$wörd-€-42');
        await directory.resetPassword(user.id, next, { mustChange: false });
        expect((await directory.signIn(user.userName, next)).outcome).toBe('ok');
        // The previous password is not tried: both vendors may accept it for an hour after a reset.
        const after = await directory.resetPassword(user.id, new Secret('Blue-Kettle-55'), { mustChange: true });
        expect(after.passwordSetAt).toBeUndefined();
        expect(await directory.signIn(user.userName, new Secret('Blue-Kettle-55'))).toEqual({ outcome: 'must-change' });
        expect(await code(directory.resetPassword(user.id, new Secret('b'), { mustChange: false }))).toBe(
          'directory.password-refused',
        );
      });

      test('unlocking an account that is not locked is harmless', async () => {
        const user = await newUser();
        expect((await directory.unlock(user.id)).locked).toBe(false);
      });

      test('removing twice is harmless; other changes of a removed account are refused', async () => {
        const user = await newUser();
        await directory.removeUser(user.id);
        await directory.removeUser(user.id);
        expect(await directory.findUser(user.id)).toBeUndefined();
        expect(await code(directory.setEnabled(user.id, true))).toBe('directory.user-not-found');
        expect(await code(directory.changeUser(user.id, { title: 'x' }))).toBe('directory.user-not-found');
        expect(await directory.findUser(parseUserId(randomUUID()))).toBeUndefined();
      });
    });

    describe('signing in', () => {
      test('by user name, principal name and domain name', async () => {
        const user = await newUser();
        const { netbiosName, domainName } = await directory.info();
        for (const name of [
          user.userName.toUpperCase(),
          `${user.userName}@${domainName}`,
          `${netbiosName}\\${user.userName}`,
        ]) {
          expect(await directory.signIn(name, PASSWORD), name).toMatchObject({ outcome: 'ok', user: { id: user.id } });
        }
        expect(await directory.signIn(`OTHER\\${user.userName}`, PASSWORD)).toEqual({
          outcome: 'wrong-name-or-password',
        });
      });

      test('an unknown name, a wrong password and an empty one look the same', async () => {
        const user = await newUser();
        const refused = { outcome: 'wrong-name-or-password' };
        expect(await directory.signIn('nobody', PASSWORD)).toEqual(refused);
        expect(await directory.signIn(user.userName, new Secret('wrong'))).toEqual(refused);
        expect(await directory.signIn(user.userName, new Secret(''))).toEqual(refused);
        expect(await directory.signIn('*', PASSWORD)).toEqual(refused);
        expect(await directory.signIn(`${user.userName})(objectClass=*`, PASSWORD)).toEqual(refused);
      });

      test('an account past its end is refused as expired', async () => {
        const user = await newUser();
        await directory.changeUser(user.id, { expiresAt: new Date('2020-01-01T00:00:00Z') });
        expect(await directory.signIn(user.userName, PASSWORD)).toEqual({ outcome: 'expired' });
      });

      test('the groups of a person include those that hold groups of the person', async () => {
        const user = await newUser();
        await directory.addToGroup(fixture.groupDn, user.id);
        await directory.addToGroup(fixture.groupDn, user.id);
        const dns = await directory.listGroupDnsOf(user.id);
        expect(dns).toContain(fixture.groupDn);
        expect(dns).toContain(fixture.outerGroupDn);
        expect(await directory.signIn(user.userName, PASSWORD)).toMatchObject({
          groupDns: expect.arrayContaining([fixture.outerGroupDn]),
        });
        await directory.removeFromGroup(fixture.groupDn, user.id);
        await directory.removeFromGroup(fixture.groupDn, user.id);
        expect(await directory.listGroupDnsOf(user.id)).not.toContain(fixture.groupDn);
        const { baseDn } = await directory.info();
        expect(await code(directory.addToGroup(`CN=Nobody,${baseDn}`, user.id))).toBe('directory.group-not-found');
      });
    });

    describe('the change feed', () => {
      test('the first round is everything, the next ones what changed since', async () => {
        const user = await newUser();
        const everything = await directory.readChanges();
        expect(everything.incremental).toBe(false);
        expect(everything.changed).toContainEqual(user);
        expect(everything.changed.some((found) => found.userName.endsWith('$'))).toBe(false);

        const nothing = await directory.readChanges(everything.cookie);
        expect(nothing).toMatchObject({ changed: [], removed: [], incremental: true });

        const changed = await directory.changeUser(user.id, { title: 'Director' });
        const round = await directory.readChanges(nothing.cookie);
        expect(round).toMatchObject({ changed: [changed], removed: [], incremental: true });
        expect(await directory.readChanges(nothing.cookie)).toMatchObject({ changed: [changed] });
      });

      test('new, disabled, renamed, moved and removed accounts appear', async () => {
        const [gone, user] = [await newUser(), await newUser()];
        const start = await directory.readChanges();
        const added = await newUser();
        await directory.removeUser(gone.id);
        await directory.setEnabled(user.id, false);
        const changed = await directory.changeUser(user.id, {
          displayName: 'Moved Person',
          containerDn: fixture.otherContainerDn,
        });
        const round = await directory.readChanges(start.cookie);
        expect(round.incremental).toBe(true);
        expect(round.removed).toEqual([gone.id]);
        expect(round.changed).toHaveLength(2);
        expect(round.changed).toEqual(expect.arrayContaining([added, changed]));
      });

      test('a change of membership is a change of the person', async () => {
        const [stays, comes] = [await newUser(), await newUser()];
        await directory.addToGroup(fixture.groupDn, stays.id);
        const start = await directory.readChanges();
        await directory.addToGroup(fixture.groupDn, comes.id);
        const joined = await directory.readChanges(start.cookie);
        expect(joined.changed).toMatchObject([{ id: comes.id, groupDns: [fixture.groupDn] }]);
        await directory.removeFromGroup(fixture.groupDn, comes.id);
        const left = await directory.readChanges(joined.cookie);
        expect(left.changed).toMatchObject([{ id: comes.id, groupDns: [] }]);
      });

      test('signing in is no change', async () => {
        const user = await newUser();
        const start = await directory.readChanges();
        await directory.signIn(user.userName, PASSWORD);
        expect((await directory.readChanges(start.cookie)).changed).toEqual([]);
      });

      test('a position that cannot be used starts over', async () => {
        const user = await newUser();
        for (const cookie of ['', 'garbage', Buffer.from('{"version":1}').toString('base64')]) {
          const round = await directory.readChanges(cookie);
          expect(round.incremental).toBe(false);
          expect(round.changed).toContainEqual(user);
        }
      });
    });
  });
}
