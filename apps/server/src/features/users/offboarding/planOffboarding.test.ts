import type { OffboardRequest } from '@isthmus/contracts';
import { describe, expect, test } from 'vitest';
import { sampleOnline, samplePerson, sampleUser, sampleUserId } from '../../../testing/samplePeople.ts';
import type { PlannedCommand } from '../../commands/index.ts';
import type { Person } from '../../people/index.ts';
import { planActivateUsers } from '../planActivateUsers.ts';
import type { CommandContext } from '../refusals.ts';
import { planOffboarding } from './planOffboarding.ts';

const now = new Date('2026-06-01T09:30:00Z');
const context: CommandContext = {
  actor: { userId: sampleUserId(99), role: 'administrator' },
  now,
  integrated: true,
  activeAdministratorIds: new Set([sampleUserId(99)]),
};
const everything: Omit<OffboardRequest, 'selection'> = {
  takeLicenses: true,
  leaveGroups: true,
  shareMailbox: false,
  forwardTo: null,
  hide: false,
  removeAfterDays: 30,
};
const own = '0c0c0c0c-0000-4000-8000-000000000001';
const byGroup = '0c0c0c0c-0000-4000-8000-000000000002';
const domains = new Set(['contoso.example']);
const sales = 'CN=Sales,OU=Groups,DC=corp,DC=contoso,DC=test';
const product = {
  skuId: own,
  name: 'Business Premium',
  total: 1,
  used: 0,
  servicePlans: [],
  state: 'enabled' as const,
};

const employee = samplePerson(1, {
  user: sampleUser(1, { groupDns: [sales] }),
  online: sampleOnline(1, { skuIds: [own, byGroup], inheritedSkuIds: [byGroup] }),
});

function actions(plan: PlannedCommand) {
  return plan.people[0]?.actions.map(({ action }) => action) ?? [];
}

/** The employee after everything that the plan wants was done. */
function offboarded(changes: Partial<Person> = {}): Person {
  const hold = { reason: 'off-boarded' as const, since: now, skuIds: [own] };
  return {
    ...employee,
    user: sampleUser(1, { enabled: false }),
    online: sampleOnline(1, { signInAllowed: false, skuIds: [byGroup], inheritedSkuIds: [byGroup] }),
    link: { ...(employee.link as NonNullable<Person['link']>), blockedByUs: true, hold },
    offboarding: { since: now, by: 'ada', groupDns: [sales], mailbox: {}, removeAt: new Date('2026-07-02T00:00:00Z') },
    ...changes,
  };
}

describe('off-boarding', () => {
  test('notes what it takes, closes the directory first, and leaves groups last', () => {
    expect(actions(planOffboarding([employee], everything, context, domains))).toEqual([
      { type: 'offboarding.begin', groupDns: [sales], mailbox: {}, removeAt: '2026-07-02T00:00:00.000Z' },
      { type: 'directory.disable' },
      { type: 'link.hold', hold: 'off-boarded', skuIds: [own] },
      { type: 'online.block-sign-in' },
      { type: 'online.revoke-sessions' },
      { type: 'online.remove-licenses', skuIds: [own] },
      { type: 'directory.remove-from-group', groupDn: sales },
    ]);
  });

  test('says when the accounts are removed, what becomes of mail, and which license only a group can take', () => {
    const plan = planOffboarding([employee], everything, context, domains);
    expect(plan.warnings.map(({ code }) => code)).toEqual(['users.offboard-mail', 'users.offboard-removal']);
    expect(plan.people[0]?.warnings).toMatchObject([{ code: 'users.offboard-inherited' }]);
  });

  test('once done, has nothing left to do, and a longer time only moves the day', () => {
    expect(actions(planOffboarding([offboarded()], everything, context, domains))).toEqual([]);
    expect(actions(planOffboarding([offboarded()], { ...everything, removeAfterDays: 60 }, context, domains))).toEqual([
      { type: 'offboarding.begin', groupDns: [], mailbox: {}, removeAt: '2026-08-01T00:00:00.000Z' },
    ]);
    expect(
      actions(planOffboarding([offboarded()], { ...everything, removeAfterDays: null }, context, domains)),
    ).toEqual([{ type: 'offboarding.begin', groupDns: [], mailbox: {} }]);
  });

  test('keeps licenses and groups where that is asked', () => {
    const kept = { ...everything, takeLicenses: false, leaveGroups: false, removeAfterDays: null };
    expect(actions(planOffboarding([employee], kept, context, domains)).map(({ type }) => type)).toEqual([
      'offboarding.begin',
      'directory.disable',
      'link.hold',
      'online.block-sign-in',
      'online.revoke-sessions',
    ]);
  });

  test('makes the mailbox a shared one before the license goes, and stops there when that fails', () => {
    const shared = { ...everything, shareMailbox: true, forwardTo: 'boss@contoso.example', hide: true };
    const mailbox = { kind: 'shared', hidden: true, forwardTo: 'boss@contoso.example', keepsForwarded: true } as const;
    const plan = planOffboarding([employee], shared, context, domains);
    const planned = plan.people[0]?.actions ?? [];
    expect(planned[0]?.action).toMatchObject({ type: 'offboarding.begin', mailbox });
    expect(planned.slice(5, 7)).toEqual([
      { action: { type: 'online.change-mailbox', changes: mailbox }, reason: 'asked' },
      { action: { type: 'online.remove-licenses', skuIds: [own] }, reason: 'asked' },
    ]);
    expect(plan.warnings.map(({ code }) => code)).toEqual(['users.offboard-removal']);
    const done = offboarded({ offboarding: { ...offboarded().offboarding, mailbox } as Person['offboarding'] });
    expect(actions(planOffboarding([done], shared, context, domains))).toEqual([]);
    expect(actions(planActivateUsers([done], context, [product]))).toContainEqual({
      type: 'online.change-mailbox',
      changes: { kind: 'regular', hidden: false, forwardTo: null, keepsForwarded: false },
    });
  });

  test('holds nothing up when address lists cannot be changed, and warns of mail that leaves the organization', () => {
    const hidden = { ...everything, hide: true, forwardTo: 'ada@elsewhere.example' };
    const plan = planOffboarding([employee], hidden, context, domains);
    expect(plan.people[0]?.actions[5]).toMatchObject({
      action: { type: 'online.change-mailbox' },
      afterFailure: 'go-on',
    });
    expect(plan.warnings.map(({ code }) => code)).toContain('users.offboard-forward-outside');
  });

  test('is refused for whoever must stay', () => {
    const boss = samplePerson(2, { tenantRole: 'global-administrator' });
    const myself = samplePerson(99);
    const plan = planOffboarding([boss, myself], everything, context, domains);
    expect(plan.people.map(({ blocked }) => blocked?.code)).toEqual(['users.global-administrator', 'users.yourself']);
    expect(plan.warnings).toEqual([]);
  });
});

describe('activating somebody off-boarded', () => {
  test('calls the removal off first, then gives everything back', () => {
    expect(actions(planActivateUsers([offboarded()], context, [product]))).toEqual([
      { type: 'offboarding.end' },
      { type: 'link.release' },
      { type: 'directory.enable' },
      { type: 'online.allow-sign-in' },
      { type: 'online.assign-licenses', skuIds: [own] },
      { type: 'directory.add-to-group', groupDn: sales },
    ]);
  });

  test('queues for the license when no seat is left', () => {
    const types = actions(planActivateUsers([offboarded()], context, [{ ...product, used: 1 }])).map(
      ({ type }) => type,
    );
    expect(types).toContain('license.wait');
    expect(types).not.toContain('online.assign-licenses');
  });

  test('without an online account, gives the groups back', () => {
    const local = offboarded({ online: undefined, link: undefined });
    expect(actions(planActivateUsers([local], context, []))).toEqual([
      { type: 'offboarding.end' },
      { type: 'directory.enable' },
      { type: 'directory.add-to-group', groupDn: sales },
    ]);
  });
});
