import { permissionsOf } from '@isthmus/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleOnline, samplePerson, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import type { PlannedCommand } from '../commands/index.ts';
import type { Person } from '../people/index.ts';
import { planActivateUsers } from './planActivateUsers.ts';
import { planDeactivateUsers } from './planDeactivateUsers.ts';
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
    expect(types(planActivateUsers([inactive], context))).toEqual(['directory.enable', 'online.allow-sign-in']);
  });

  test('leaves the online account of an ended person blocked, and says why', () => {
    const ended = samplePerson(1, {
      user: sampleUser(1, { enabled: false, expiresAt: new Date('2026-05-01T00:00:00Z') }),
      online: sampleOnline(1, { signInAllowed: false }),
    });
    const plan = planActivateUsers([ended], context);
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
    const plan = planResetPassword(samplePerson(1), request, policy, context);
    expect(types(plan)).toEqual(['directory.set-password', 'online.set-password']);
    expect(JSON.stringify(plan)).not.toContain(request.password);
  });

  test.each([
    ['directory.password-refused', 'Ab1-', 'shorter'],
    ['directory.password-refused', 'alllowercase', 'too simple'],
    ['directory.password-refused', 'My-PERSON1-is-7', 'name'],
    ['online.password-refused', 'Übergroß-777', 'every character'],
    ['online.password-refused', 'Abcde1-', '8 to 256'],
  ])('is refused with %s before anything is done: %s', (code, password, words) => {
    const plan = planResetPassword(samplePerson(1), { ...request, password }, policy, context);
    expect(plan.people[0]).toMatchObject({ actions: [], blocked: { code, field: 'password' } });
    expect(plan.people[0]?.blocked?.message).toContain(words);
  });

  test('asks the online rules only of people with an online account', () => {
    const local = samplePerson(1, { online: undefined, link: undefined });
    const plan = planResetPassword(local, { ...request, password: 'Übergroß-777' }, policy, context);
    expect(types(plan)).toEqual(['directory.set-password']);
  });

  test('of an administrator is not for the help desk', () => {
    const helpDesk = { ...context, actor: { userId: sampleUserId(98), role: 'help-desk' as const } };
    const boss = samplePerson(1, { accessLevel: 'administrator' });
    const plan = planResetPassword(boss, request, policy, helpDesk);
    expect(plan.people[0]?.blocked?.code).toBe('users.administrator-password');
    expect(planResetPassword(samplePerson(1), request, policy, helpDesk).people[0]?.blocked).toBeUndefined();
  });
});

test('unlocking somebody who is not locked changes nothing', () => {
  expect(types(planUnlockUser(samplePerson(1)))).toEqual([]);
  expect(types(planUnlockUser(samplePerson(1, { user: sampleUser(1, { locked: true }) })))).toEqual([
    'directory.unlock',
  ]);
});

describe('what a row offers', () => {
  const facts = {
    userId: sampleUserId(1),
    state: 'active' as const,
    locked: true,
    accessLevel: 'administrator' as const,
    protectedAdministrator: false,
    linked: false,
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
