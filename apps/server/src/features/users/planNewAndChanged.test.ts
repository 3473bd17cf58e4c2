import type { UserChanges } from '@isthmus/contracts';
import { describe, expect, test } from 'vitest';
import { sampleOnline, samplePerson, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import { presentPlan } from '../commands/index.ts';
import { AddressBook } from '../online-accounts/index.ts';
import { type AddUserFacts, type NewUserRequest, planAddUser } from './planAddUser.ts';
import { type ChangeUserFacts, planChangeUser } from './planChangeUser.ts';
import { planRestoreUser, type RestoreFacts, userSnapshotSchema } from './planRestoreUser.ts';
import type { CommandContext } from './refusals.ts';

const now = new Date('2026-06-01T00:00:00Z');
const sku = '0c0c0c0c-0000-4000-8000-000000000001';
const names = { licenseName: () => 'Business Premium', serviceName: (id: string) => id };
const context: CommandContext = {
  actor: { userId: sampleUserId(99), role: 'administrator' },
  now,
  integrated: true,
  activeAdministratorIds: new Set(),
};

describe('adding a person', () => {
  const request: NewUserRequest = {
    givenName: 'Ada',
    surname: 'Lovelace',
    displayName: 'Ada Lovelace',
    userName: 'ada',
    password: 'Correct-Horse-7',
    mustChangePassword: false,
    department: 'Research',
    groupDns: ['CN=Research,DC=corp', 'CN=Research,DC=corp'],
    online: { address: 'ada@contoso.com', skuIds: [sku] },
  };
  const facts: AddUserFacts = {
    directory: {
      domainName: 'corp.contoso.test',
      upnSuffixes: ['corp.contoso.test', 'contoso.com'],
      passwordPolicy: {
        minimumLength: 7,
        complexity: true,
        historyLength: 24,
        minimumAgeDays: 1,
        maximumAgeDays: 42,
        lockoutThreshold: 0,
        lockoutMinutes: 30,
        lockoutWindowMinutes: 30,
      },
    },
    containerDn: 'OU=Staff,DC=corp',
    sameUserName: undefined,
    sameUpn: undefined,
    sameDisplayName: undefined,
    banned: ['contoso'],
    assigned: undefined,
    tenant: {
      book: new AddressBook([]),
      verifiedDomains: new Set(['contoso.com']),
      licenses: [{ skuId: sku, name: 'Business Premium', total: 1, used: 0, servicePlans: [], state: 'enabled' }],
      usageLocation: 'DE',
    },
    passwordRef: 'job-password:1',
  };
  const codeOf = (changed: Partial<NewUserRequest>, changedFacts: Partial<AddUserFacts> = {}) => {
    const notice = planAddUser({ ...request, ...changed }, { ...facts, ...changedFacts }).people[0]?.blocked;
    return notice === undefined ? undefined : [notice.code, notice.field];
  };

  test('makes the user account, its groups, the online account and the license, in this order', () => {
    const plan = presentPlan(planAddUser(request, facts), names);
    expect(plan.items[0]?.actions.map((action) => action.type)).toEqual([
      'directory.add-user',
      'directory.add-to-group',
      'online.create',
      'online.assign-licenses',
    ]);
    expect(plan.counts['online.create']).toBe(1);
    expect(plan.items[0]?.actions[0]?.changes).toContainEqual({
      field: 'upn',
      before: null,
      after: 'ada@corp.contoso.test',
    });
    expect(plan.items[0]?.actions[3]?.changes).toEqual([{ field: 'license', before: null, after: 'Business Premium' }]);
    expect(JSON.stringify(plan)).not.toContain(request.password);
  });

  test('is stopped before anything is made', () => {
    const holder = { name: 'Ada King' };
    expect(codeOf({})).toBeUndefined();
    expect(codeOf({}, { sameUserName: holder })).toEqual(['directory.user-name-taken', 'userName']);
    expect(codeOf({}, { sameUpn: holder })).toEqual(['directory.upn-taken', 'userName']);
    expect(codeOf({ userName: 'ada.' })).toEqual(['directory.invalid-value', 'userName']);
    expect(codeOf({ upnSuffix: 'fabrikam.com' })).toEqual(['directory.upn-suffix-unknown', 'upnSuffix']);
    expect(codeOf({ password: 'short' })).toEqual(['directory.password-refused', 'password']);
    expect(codeOf({ online: { address: 'ada@x.org', skuIds: [] } })).toEqual([
      'online.domain-not-verified',
      'online.address',
    ]);
    expect(codeOf({ online: { address: 'ada@contoso.com', skuIds: ['unknown'] } })).toEqual([
      'online.license-unknown',
      'online.skuIds',
    ]);
    expect(codeOf({}, { tenant: undefined })).toEqual(['integration.not-integrated', 'online']);
  });

  test('warns of a namesake without stopping', () => {
    const plan = planAddUser(request, { ...facts, sameDisplayName: { name: 'Ada Lovelace' } });
    expect(plan.people[0]?.blocked).toBeUndefined();
    expect(plan.people[0]?.warnings[0]?.code).toBe('users.display-name-exists');
  });
});

describe('changing a person', () => {
  const facts: ChangeUserFacts = {
    upnSuffixes: ['corp.contoso.test'],
    sameUserName: undefined,
    sameUpn: undefined,
    book: new AddressBook([]),
    verifiedDomains: new Set(['contoso.example']),
    map: {},
  };
  const plan = (changes: UserChanges, person = samplePerson(1)) =>
    planChangeUser(person, changes, facts, context).people[0];

  test('writes only what becomes another, on both sides', () => {
    const planned = plan({ department: 'Sales', title: 'Director', phone: '', description: 'New' });
    expect(planned?.actions.map(({ action }) => action)).toEqual([
      { type: 'directory.change-user', changes: { title: 'Director', description: 'New' } },
      { type: 'online.change', changes: { jobTitle: 'Director' } },
    ]);
  });

  test('follows the map of attributes', () => {
    const map = { jobTitle: 'off', mobilePhone: 'phone' } as const;
    const person = samplePerson(1);
    const [planned] = planChangeUser(person, { title: 'Director', phone: '1' }, { ...facts, map }, context).people;
    expect(planned?.actions.map(({ action }) => action)).toEqual([
      { type: 'directory.change-user', changes: { title: 'Director', phone: '1' } },
      { type: 'online.change', changes: { mobilePhone: '1', businessPhones: ['1'] } },
    ]);
  });

  test('that changes nothing plans nothing', () => {
    expect(plan({ department: 'Sales', displayName: 'Person 1', mail: '', expiresAt: null })?.actions).toEqual([]);
  });

  test('empties a field by an empty text', () => {
    expect(plan({ department: '' })?.actions.map(({ action }) => action)).toEqual([
      { type: 'directory.change-user', changes: { department: null } },
      { type: 'online.change', changes: { department: null } },
    ]);
  });

  test('of the user name takes the address along, when it was made from it', () => {
    const planned = plan({ userName: 'person.one' });
    expect(planned?.actions.map(({ action }) => action)).toContainEqual({
      type: 'online.change',
      changes: { upn: 'person.one@contoso.example' },
    });
    expect(planned?.warnings.map((warning) => warning.code)).toContain('users.address-changes');
  });

  test('does not let the caller end the own account', () => {
    const oneself = samplePerson(99);
    expect(plan({ expiresAt: '2026-05-01T00:00:00Z' }, oneself)?.blocked?.code).toBe('users.yourself');
    expect(plan({ expiresAt: '2027-05-01T00:00:00Z' }, oneself)?.blocked).toBeUndefined();
  });

  test('to a suffix that the directory does not know is stopped', () => {
    expect(plan({ upn: 'person1@elsewhere.org' })?.blocked?.code).toBe('directory.upn-suffix-unknown');
  });
});

describe('restoring a person', () => {
  const removed = samplePerson(1, { removedAt: now, online: sampleOnline(1, { deletedAt: now }) });
  const stored: unknown = JSON.parse(JSON.stringify(sampleUser(1, { groupDns: ['CN=Sales,DC=corp'] })));
  const facts: RestoreFacts = {
    snapshot: userSnapshotSchema.parse(stored),
    sameUserName: undefined,
    domainName: 'corp.contoso.test',
    managedOu: 'OU=Managed,DC=corp',
    containers: new Set(['ou=staff,dc=corp,dc=contoso,dc=test']),
    passwordRef: 'job-password:1',
  };

  test('makes the account again where it was, restores the online one and links the two', () => {
    const [planned] = planRestoreUser(removed, facts).people;
    expect(planned?.actions.map(({ action, on }) => (on === 'former' ? `former ${action.type}` : action.type))).toEqual(
      ['directory.add-user', 'former online.restore', 'link.create', 'online.allow-sign-in', 'directory.add-to-group'],
    );
    expect(planned?.actions[0]?.action).toMatchObject({
      user: { userName: 'person1', containerDn: 'OU=Staff,DC=corp,DC=contoso,DC=test', mustChangePassword: true },
    });
    expect(planned?.warnings.map((warning) => warning.code)).toEqual(['users.restore-new-account']);
  });

  test('goes to the managed unit when the old one is gone', () => {
    const [planned] = planRestoreUser(removed, { ...facts, containers: new Set() }).people;
    expect(planned?.actions[0]?.action).toMatchObject({ user: { containerDn: 'OU=Managed,DC=corp' } });
  });

  test('links the online account to a user account that somebody made again', () => {
    const again = samplePerson(2, { online: undefined, link: undefined });
    const [planned] = planRestoreUser(removed, { ...facts, sameUserName: again }).people;
    expect(planned?.subject.userId).toBe(again.user.id);
    expect(planned?.actions.map(({ action }) => action.type)).not.toContain('directory.add-user');
  });

  test('of the online account alone is enough when the user account is still there', () => {
    const [planned] = planRestoreUser({ ...removed, removedAt: undefined }, facts).people;
    expect(planned?.actions.map(({ action }) => action.type)).toEqual(['online.restore', 'online.allow-sign-in']);
  });

  test('is refused when nothing was removed or nothing was kept', () => {
    expect(planRestoreUser(samplePerson(1), facts).people[0]?.blocked?.code).toBe('users.not-restorable');
    const nothingKept = { ...facts, snapshot: undefined };
    expect(planRestoreUser(removed, nothingKept).people[0]?.blocked?.code).toBe('users.not-restorable');
  });
});
