import { type HoldReason, permissionsOf } from '@isthmus/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleAccount, sampleOnline, samplePerson, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import type { PlannedCommand } from '../commands/index.ts';
import type { Person } from '../people/index.ts';
import { planActivateUsers } from './planActivateUsers.ts';
import { planAssign } from './planAssign.ts';
import { planDeactivateUsers } from './planDeactivateUsers.ts';
import { planLockUsers } from './planLockUsers.ts';
import {
  planAllowOnline,
  planBlockOnline,
  planRemoveOnline,
  planRestoreOnline,
  planUnassign,
  planUnlink,
} from './planOnlineSide.ts';
import { planResetPassword, planUnlockUser } from './planPasswordAndLock.ts';
import { confirmationProblem, planRemoveUsers } from './planRemoveUsers.ts';
import type { CommandContext } from './refusals.ts';
import { commandsFor } from './userAccount.ts';

const now = new Date('2026-06-01T00:00:00Z');
const context: CommandContext = {
  actor: { userId: sampleUserId(99), role: 'administrator' },
  now,
  integrated: true,
  activeAdministratorIds: new Set([sampleUserId(99)]),
};
const policy = {
  minimumLength: 7,
  complexity: true,
  historyLength: 24,
  minimumAgeDays: 1,
  maximumAgeDays: 42,
  lockoutThreshold: 0,
  lockoutMinutes: 30,
  lockoutWindowMinutes: 30,
};

function types(plan: PlannedCommand, index = 0): string[] {
  return (plan.people[index]?.actions ?? []).map(({ action }) => action.type);
}

describe('deactivating', () => {
  test('disables, blocks and ends the sessions', () => {
    expect(types(planDeactivateUsers([samplePerson(1)], context))).toEqual([
      'directory.disable',
      'online.block-sign-in',
      'online.revoke-sessions',
    ]);
  });

  test('does only what is left to do', () => {
    const half = samplePerson(1, { user: sampleUser(1, { enabled: false }) });
    expect(types(planDeactivateUsers([half], context))).toEqual(['online.block-sign-in', 'online.revoke-sessions']);
    const local = samplePerson(2, { online: undefined, link: undefined });
    expect(types(planDeactivateUsers([local], context))).toEqual(['directory.disable']);
    const binned = samplePerson(3, { online: sampleOnline(3, { deletedAt: now }) });
    expect(types(planDeactivateUsers([binned], context))).toEqual(['directory.disable']);
  });

  test.each<[string, Person]>([
    ['users.yourself', samplePerson(99)],
    ['users.global-administrator', samplePerson(1, { tenantRole: 'global-administrator' })],
    ['users.protected-administrator', samplePerson(1, { user: sampleUser(1, { protectedAdministrator: true }) })],
    ['users.built-in', samplePerson(1, { user: sampleUser(1, { builtIn: true }) })],
    ['users.removed', samplePerson(1, { removedAt: now })],
  ])('is refused with %s', (code, person) => {
    expect(planDeactivateUsers([person], context).people[0]).toMatchObject({ actions: [], blocked: { code } });
    expect(planRemoveUsers([person], context).people[0]).toMatchObject({ actions: [], blocked: { code } });
  });

  test('never takes the last administrator, neither alone nor with all others', () => {
    const administrators = [1, 2, 3].map((number) => samplePerson(number, { accessLevel: 'administrator' }));
    const ids = new Set<string>(administrators.map((person) => person.user.id));
    fc.assert(
      fc.property(fc.subarray(administrators), (chosen) => {
        const plan = planDeactivateUsers(chosen, { ...context, activeAdministratorIds: ids });
        const going = plan.people.filter((person) => person.blocked === undefined).length;
        expect(going).toBeLessThan(ids.size);
        expect(going === chosen.length).toBe(chosen.length < ids.size);
      }),
    );
  });
});

test('an account that another tool keeps is left alone, and the plan says so', () => {
  const person = samplePerson(1, { online: sampleOnline(1, { synchronizedByOthers: true }) });
  for (const plan of [planDeactivateUsers([person], context), planRemoveUsers([person], context)]) {
    expect(types(plan).filter((type) => type.startsWith('online.'))).toEqual([]);
    expect(plan.people[0]?.warnings.map((warning) => warning.code)).toEqual(['users.managed-by-others']);
  }
});

describe('activating', () => {
  test('enables and allows the sign-in', () => {
    const inactive = samplePerson(1, {
      user: sampleUser(1, { enabled: false }),
      online: sampleOnline(1, { signInAllowed: false }),
    });
    expect(types(planActivateUsers([inactive], context, []))).toEqual(['directory.enable', 'online.allow-sign-in']);
  });

  test('leaves the online account of an ended person blocked, and says why', () => {
    const ended = samplePerson(1, {
      user: sampleUser(1, { enabled: false, expiresAt: new Date('2026-05-01T00:00:00Z') }),
      online: sampleOnline(1, { signInAllowed: false }),
    });
    const plan = planActivateUsers([ended], context, []);
    expect(types(plan)).toEqual(['directory.enable']);
    expect(plan.people[0]?.warnings.map((warning) => warning.code)).toEqual(['users.still-expired']);
  });
});

describe('removing', () => {
  test('takes a snapshot first and tells the consequences on each side', () => {
    const plan = planRemoveUsers([samplePerson(1)], context);
    expect(types(plan)).toEqual(['snapshot.take', 'directory.remove-user', 'online.remove']);
    expect(plan.warnings.map((warning) => warning.code)).toEqual(['users.remove-directory', 'users.remove-online']);
    const local = planRemoveUsers([samplePerson(1, { online: undefined })], context);
    expect(local.warnings.map((warning) => warning.code)).toEqual(['users.remove-directory']);
  });

  test('of more than ten people needs their number', () => {
    const many = Array.from({ length: 11 }, (_, index) => samplePerson(index + 1));
    const plan = planRemoveUsers(many, context);
    expect(confirmationProblem(plan, undefined)).toMatchObject({ field: 'confirmation' });
    expect(confirmationProblem(plan, '10')).toBeDefined();
    expect(confirmationProblem(plan, ' 11 ')).toBeUndefined();
    expect(confirmationProblem(planRemoveUsers(many.slice(1), context), undefined)).toBeUndefined();
  });
});

describe('setting a password', () => {
  const request = { password: 'Correct-Horse-7', mustChange: false, passwordRef: 'job-password:1' };

  test('sets it on both sides, and keeps the password out of the plan', () => {
    const plan = planResetPassword(samplePerson(1), request, { policy, banned: ['teapot'] }, context);
    expect(types(plan)).toEqual(['directory.set-password', 'online.set-password']);
    expect(JSON.stringify(plan)).not.toContain(request.password);
  });

  test.each([
    ['directory.password-refused', 'Ab1-', 'shorter'],
    ['directory.password-refused', 'alllowercase', 'too simple'],
    ['directory.password-refused', 'My-PERSON1-is-7', 'name'],
    ['passwords.banned', 'Teapot-1', 'organization'],
    ['online.password-refused', 'Übergroß-777', 'every character'],
    ['online.password-refused', 'Abcde1-', '8 to 256'],
  ])('is refused with %s before anything is done: %s', (code, password, words) => {
    const plan = planResetPassword(samplePerson(1), { ...request, password }, { policy, banned: ['teapot'] }, context);
    expect(plan.people[0]).toMatchObject({ actions: [], blocked: { code, field: 'password' } });
    expect(plan.people[0]?.blocked?.message).toContain(words);
  });

  test('asks the online rules only of people with an online account', () => {
    const local = samplePerson(1, { online: undefined, link: undefined });
    const plan = planResetPassword(
      local,
      { ...request, password: 'Übergroß-777' },
      { policy, banned: ['teapot'] },
      context,
    );
    expect(types(plan)).toEqual(['directory.set-password']);
  });

  test('of an administrator is not for the help desk', () => {
    const helpDesk = { ...context, actor: { userId: sampleUserId(98), role: 'help-desk' as const } };
    const boss = samplePerson(1, { accessLevel: 'administrator' });
    const plan = planResetPassword(boss, request, { policy, banned: [] }, helpDesk);
    expect(plan.people[0]?.blocked?.code).toBe('users.administrator-password');
    const online = planResetPassword(
      samplePerson(1, { tenantRole: 'administrator' }),
      request,
      { policy, banned: [] },
      helpDesk,
    );
    expect(online.people[0]?.blocked?.code).toBe('users.administrator-password');
    expect(
      planResetPassword(samplePerson(1), request, { policy, banned: [] }, helpDesk).people[0]?.blocked,
    ).toBeUndefined();
  });
});

test('unlocking somebody who is not locked changes nothing', () => {
  expect(types(planUnlockUser(samplePerson(1)))).toEqual([]);
  expect(types(planUnlockUser(samplePerson(1, { user: sampleUser(1, { locked: true }) })))).toEqual([
    'directory.unlock',
  ]);
});

describe('locking', () => {
  test('ends the sessions even of somebody who is blocked and disabled already', () => {
    const closed = samplePerson(1, {
      user: sampleUser(1, { enabled: false }),
      online: sampleOnline(1, { signInAllowed: false }),
    });
    expect(types(planLockUsers([closed], context))).toEqual(['link.hold', 'online.revoke-sessions']);
  });

  test('takes administrators too, but not the last one, nor oneself, nor by the help desk', () => {
    const administrator = samplePerson(1, {
      accessLevel: 'administrator',
      user: sampleUser(1, { protectedAdministrator: true }),
    });
    expect(types(planLockUsers([administrator], context))).toContain('directory.disable');
    const blockedFor = (person: Person, changes: Partial<CommandContext>) =>
      planLockUsers([person], { ...context, ...changes }).people[0]?.blocked?.code;
    expect(blockedFor(samplePerson(99), {})).toBe('users.yourself');
    const last = { activeAdministratorIds: new Set([sampleUserId(1)]) };
    expect(blockedFor(administrator, last)).toBe('users.last-administrator');
    const helper = { actor: { userId: sampleUserId(98), role: 'help-desk' as const } };
    expect(blockedFor(administrator, helper)).toBe('users.administrator-lock');
    expect(blockedFor(samplePerson(2), helper)).toBeUndefined();
  });
});

describe('the online side alone', () => {
  const sku = '0d3f1a52-0000-4000-8000-000000000001';
  const license = {
    skuId: sku,
    name: 'Business Premium',
    total: 1,
    used: 1,
    servicePlans: [],
    state: 'enabled' as const,
  };
  const licensed = samplePerson(1, { online: sampleOnline(1, { skuIds: [sku] }) });
  const held = (reason: HoldReason, skuIds: readonly string[] = []): Person => {
    const person = samplePerson(1, { online: sampleOnline(1, { signInAllowed: false, skuIds: [] }) });
    return { ...person, link: { ...person.link!, hold: { reason, since: now, skuIds } } };
  };

  test('is unassigned with its licenses, once', () => {
    expect(planUnassign([licensed]).people[0]?.actions.map(({ action }) => action)).toEqual([
      { type: 'link.hold', hold: 'unassigned', skuIds: [sku] },
      { type: 'online.block-sign-in' },
      { type: 'online.revoke-sessions' },
      { type: 'online.remove-licenses', skuIds: [sku] },
    ]);
    expect(types(planUnassign([held('unassigned', [sku])]))).toEqual([]);
  });

  test('alone is removed for 30 days, and restoring lifts the hold', () => {
    expect(planRemoveOnline([licensed]).people[0]?.actions.map(({ action }) => action)).toEqual([
      { type: 'link.hold', hold: 'unassigned', skuIds: [sku] },
      { type: 'online.remove' },
    ]);
    expect(planRemoveOnline([licensed]).warnings).toMatchObject([{ code: 'users.remove-online' }]);
    const boss = planRemoveOnline([samplePerson(1, { tenantRole: 'global-administrator' })]);
    expect(boss.people[0]?.blocked).toMatchObject({ code: 'users.global-administrator' });
    expect(boss.warnings).toEqual([]);
  });

  test('gets back what there are seats for, and waits for the others', () => {
    const some = planAllowOnline([held('unassigned', [sku])], { now, licenses: [{ ...license, used: 0 }] });
    expect(types(some)).toEqual(['link.release', 'online.allow-sign-in', 'online.assign-licenses']);
    const none = planAllowOnline([held('unassigned', [sku])], { now, licenses: [license] });
    expect(types(none)).toEqual(['link.release', 'online.allow-sign-in', 'license.wait']);
    const ended = planAllowOnline([held('unassigned', [sku])], { now, licenses: [{ ...license, state: 'deleted' }] });
    expect(types(ended)).toEqual(['link.release', 'online.allow-sign-in']);
    expect(ended.people[0]?.warnings).toMatchObject([{ code: 'licenses.not-usable' }]);
  });

  test('of two who want the last seat one gets it', () => {
    const two = planAllowOnline([held('unassigned', [sku]), held('unassigned', [sku])], {
      now,
      licenses: [{ ...license, used: 0 }],
    });
    expect([types(two, 0), types(two, 1)].flat().filter((type) => type === 'online.assign-licenses')).toHaveLength(1);
  });

  test('follows an inactive user account: activating allows it', () => {
    const inactive = { ...held('blocked'), user: sampleUser(1, { enabled: false }) };
    expect(planAllowOnline([inactive], { now, licenses: [] }).people[0]).toMatchObject({
      blocked: { code: 'users.inactive' },
    });
    expect(types(planActivateUsers([inactive], context, []))).toEqual([
      'link.release',
      'directory.enable',
      'online.allow-sign-in',
    ]);
  });

  test('that was unassigned stays so when the person is activated', () => {
    const inactive = { ...held('unassigned'), user: sampleUser(1, { enabled: false }) };
    expect(types(planActivateUsers([inactive], context, []))).toEqual(['directory.enable']);
  });

  test.each([planUnassign, planBlockOnline, planUnlink])('cannot be changed where there is none', (plan) => {
    const local = samplePerson(2, { online: undefined, link: undefined });
    expect(plan([local]).people[0]).toMatchObject({ actions: [], blocked: { code: 'users.not-linked' } });
  });
});

describe('assigning an online account', () => {
  const alone = samplePerson(1, { online: undefined, link: undefined });
  const account = sampleOnline(7);
  const facts = { account, holder: undefined, afterwards: [] };

  test('links first, then does what the sync pass would do', () => {
    const change = { action: { type: 'online.change' as const, changes: { department: 'Sales' } }, reason: 'differs' };
    expect(types(planAssign(alone, { ...facts, afterwards: [change] }))).toEqual(['link.create', 'online.change']);
  });

  test.each([
    ['users.link-taken', samplePerson(1), facts],
    ['users.link-taken', alone, { ...facts, holder: samplePerson(2) }],
    ['users.online-account-removed', alone, { ...facts, account: sampleOnline(7, { deletedAt: now }) }],
    ['users.managed-by-others', alone, { ...facts, account: sampleOnline(7, { synchronizedByOthers: true }) }],
  ])('is refused with %s', (code, person, given) => {
    expect(planAssign(person, given).people[0]).toMatchObject({ actions: [], blocked: { code } });
  });
});

describe('what a row offers', () => {
  const facts = {
    userId: sampleUserId(1),
    state: 'active' as const,
    locked: true,
    accessLevel: 'administrator' as const,
    protectedAdministrator: false,
    linked: false,
    online: undefined,
    restorable: false,
  };
  const as = (role: 'administrator' | 'help-desk' | 'reader') => ({
    userId: sampleUserId(99),
    role,
    permissions: permissionsOf[role],
  });

  test('to a reader is nothing', () => {
    expect(Object.values(commandsFor(facts, as('reader'), true))).not.toContain(true);
  });

  test('to the help desk is unlocking and passwords, but no administrator’s', () => {
    expect(commandsFor(facts, as('help-desk'), true)).toMatchObject({ unlock: true, resetPassword: false });
    expect(commandsFor({ ...facts, accessLevel: 'standard' }, as('help-desk'), true)).toMatchObject({
      resetPassword: true,
      change: false,
    });
  });

  test('of a removed person is restoring alone', () => {
    const offered = commandsFor({ ...facts, state: 'removed', restorable: true }, as('administrator'), true);
    expect(Object.entries(offered).filter(([, may]) => may)).toEqual([['restore', true]]);
  });
});

describe('an online account that no user has', () => {
  const types = ({ people }: PlannedCommand) => people.map(({ actions }) => actions.map(({ action }) => action.type));

  test('is blocked and allowed by itself: there is no link to hold', () => {
    expect(types(planBlockOnline([sampleAccount(1)]))).toEqual([['online.block-sign-in', 'online.revoke-sessions']]);
    const blocked = sampleAccount(1, { signInAllowed: false });
    expect(types(planBlockOnline([blocked]))).toEqual([[]]);
    expect(types(planAllowOnline([blocked], { now, licenses: [] }))).toEqual([['online.allow-sign-in']]);
    expect(types(planAllowOnline([sampleAccount(1)], { now, licenses: [] }))).toEqual([[]]);
  });

  test('that administers the tenant is blocked with a warning; the way back into a tenant never is', () => {
    const holding = (tenantRole: 'administrator' | 'global-administrator') =>
      planBlockOnline([{ ...sampleAccount(1), tenantRole }]).people[0];
    expect(holding('administrator')?.warnings).toMatchObject([{ code: 'users.administrator-blocked' }]);
    expect(holding('global-administrator')).toMatchObject({
      actions: [],
      blocked: { code: 'users.global-administrator' },
    });
  });

  test('leaves the recycle bin; those of people come back with the person', () => {
    const deletedAt = now;
    expect(types(planRestoreOnline([sampleAccount(1, { deletedAt }), sampleAccount(2)]))).toEqual([
      ['online.restore'],
      [],
    ]);
    const person = samplePerson(3, { online: sampleOnline(3, { deletedAt }) });
    expect(planRestoreOnline([person]).people[0]).toMatchObject({
      actions: [],
      blocked: { code: 'users.restore-person' },
    });
  });
});
