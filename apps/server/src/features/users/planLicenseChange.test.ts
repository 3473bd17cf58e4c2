import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleAccount, sampleOnline, samplePerson } from '../../testing/samplePeople.ts';
import type { PlannedCommand } from '../commands/index.ts';
import type { KnownLicense } from '../online-accounts/index.ts';
import type { Action, Person } from '../people/index.ts';
import { type LicenseChangeFacts, type LicenseChangeRequest, planLicenseChange } from './planLicenseChange.ts';

const premium = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const basic = '3b555118-da6a-4418-894f-7df1e2096870';
const mailbox = '9aaf7827-d63c-4b61-89c3-182f06f82e5c';

const license = (skuId: string, name: string, free: number): KnownLicense => ({
  skuId,
  name,
  total: 10,
  used: 10 - free,
  state: 'enabled',
  servicePlans: [{ id: mailbox, name: 'Exchange Online (Plan 1)' }],
});

const nobody: LicenseChangeRequest = { add: [], remove: [], disabledPlans: {}, whenShort: 'refuse' };

function facts(changes: Partial<LicenseChangeFacts> = {}): LicenseChangeFacts {
  const licenses = [license(premium, 'Business Premium', 1), license(basic, 'Business Basic', 5)];
  return { licenses, usageLocation: 'DE', waiting: new Map(), ...changes };
}

function holder(number: number, online: Partial<NonNullable<Person['online']>> = {}): Person {
  return samplePerson(number, { online: sampleOnline(number, online) });
}

const actions = ({ people }: PlannedCommand, index = 0) => people[index]?.actions.map(({ action }) => action);
const warnings = ({ people }: PlannedCommand, index = 0) => people[index]?.warnings.map(({ code }) => code);

/** The person afterwards; who has to wait is noted. */
function applied(person: Person, done: readonly Action[], waiting: Map<string, Set<string>>): Person {
  let skuIds = person.online?.skuIds ?? [];
  for (const action of done) {
    if (action.type === 'license.wait') {
      waiting.set(person.user.id, new Set([...(waiting.get(person.user.id) ?? []), ...action.skuIds]));
    }
    if (action.type !== 'online.assign-licenses' && action.type !== 'online.remove-licenses') continue;
    const [given, taken] =
      action.type === 'online.assign-licenses' ? [action.skuIds, action.inPlaceOf ?? []] : [[], action.skuIds];
    skuIds = [...skuIds.filter((skuId) => !taken.includes(skuId)), ...given];
  }
  return person.online === undefined ? person : { ...person, online: { ...person.online, skuIds } };
}

describe('changing licenses', () => {
  test('gives what is not there and leaves alone what is', () => {
    const request = { ...nobody, add: [premium, basic] };
    expect(actions(planLicenseChange([holder(1, { skuIds: [basic] })], request, facts()))).toEqual([
      { type: 'online.assign-licenses', skuIds: [premium] },
    ]);
    expect(actions(planLicenseChange([holder(1, { skuIds: [basic, premium] })], request, facts()))).toEqual([]);
  });

  test('replaces one product by another in one call, so that the mailbox is never without one', () => {
    const plan = planLicenseChange(
      [holder(1, { skuIds: [basic] })],
      { ...nobody, add: [premium], remove: [basic] },
      facts(),
    );
    expect(actions(plan)).toEqual([{ type: 'online.assign-licenses', skuIds: [premium], inPlaceOf: [basic] }]);
    expect(warnings(plan)).toEqual([]);
  });

  test('leaves alone what a group gives, and says so', () => {
    const member = holder(1, { skuIds: [basic], inheritedSkuIds: [basic] });
    const given = planLicenseChange([member], { ...nobody, add: [basic] }, facts());
    expect([actions(given), warnings(given)]).toEqual([[], ['licenses.from-group']]);
    const taken = planLicenseChange([member], { ...nobody, remove: [basic] }, facts());
    expect([actions(taken), warnings(taken)]).toEqual([[], ['licenses.kept-by-group']]);
  });

  test('warns before the last license goes', () => {
    const plan = planLicenseChange([holder(1, { skuIds: [basic] })], { ...nobody, remove: [basic] }, facts());
    expect(actions(plan)).toEqual([{ type: 'online.remove-licenses', skuIds: [basic] }]);
    expect(warnings(plan)).toEqual(['licenses.last-one']);
  });

  test('switches services off, also of a product that is there already', () => {
    const request = { ...nobody, add: [basic], disabledPlans: { [basic]: [mailbox] } };
    const expected = [{ type: 'online.assign-licenses', skuIds: [basic], disabledPlans: { [basic]: [mailbox] } }];
    expect(actions(planLicenseChange([holder(1)], request, facts()))).toEqual(expected);
    const full = holder(1, { skuIds: [basic] });
    expect(actions(planLicenseChange([full], request, facts()))).toEqual(expected);
    const without = holder(1, { skuIds: [basic], disabledPlans: { [basic]: [mailbox] } });
    expect(actions(planLicenseChange([without], request, facts()))).toEqual([]);
    expect(actions(planLicenseChange([without], { ...request, disabledPlans: { [basic]: [] } }, facts()))).toEqual([
      { type: 'online.assign-licenses', skuIds: [basic], disabledPlans: { [basic]: [] } },
    ]);
  });

  test('sets the usage location of whoever has none, or asks for one', () => {
    const nowhere = holder(1, { usageLocation: undefined });
    const request = { ...nobody, add: [basic] };
    expect(actions(planLicenseChange([nowhere], request, facts()))?.[0]).toEqual({
      type: 'online.change',
      changes: { usageLocation: 'DE' },
    });
    const plan = planLicenseChange([nowhere], request, facts({ usageLocation: undefined }));
    expect(plan.people[0]?.blocked).toMatchObject({ code: 'online.usage-location-missing' });
  });

  test('refuses as a whole when seats are short, unless people may wait', () => {
    const two = [holder(1), holder(2)];
    const request = { ...nobody, add: [premium] };
    expect(planLicenseChange(two, request, facts()).blocked).toMatchObject({ code: 'licenses.not-enough' });
    const plan = planLicenseChange(two, { ...request, whenShort: 'wait' }, facts());
    expect(plan.blocked).toBeUndefined();
    expect(actions(plan, 0)).toEqual([{ type: 'online.assign-licenses', skuIds: [premium] }]);
    expect(actions(plan, 1)).toEqual([{ type: 'license.wait', skuIds: [premium] }]);
    const again = planLicenseChange(
      [holder(2)],
      { ...request, whenShort: 'wait' },
      facts({
        licenses: [license(premium, 'Business Premium', 0)],
        waiting: new Map([[holder(2).user.id, new Set([premium])]]),
      }),
    );
    expect(actions(again)).toEqual([]);
  });

  test('of two products that are waited for, each keeps its own services', () => {
    const full = facts({ licenses: [license(premium, 'Business Premium', 0), license(basic, 'Business Basic', 0)] });
    const request = {
      ...nobody,
      add: [premium, basic],
      disabledPlans: { [basic]: [mailbox] },
      whenShort: 'wait',
    } as const;
    expect(actions(planLicenseChange([holder(1)], request, full))).toEqual([
      { type: 'license.wait', skuIds: [premium] },
      { type: 'license.wait', skuIds: [basic], disabledPlans: [mailbox] },
    ]);
  });

  test('keeps the old product until the seat of the new one has come', () => {
    const full = facts({ licenses: [license(premium, 'Business Premium', 0), license(basic, 'Business Basic', 1)] });
    const request: LicenseChangeRequest = { ...nobody, add: [premium], remove: [basic], whenShort: 'wait' };
    const plan = planLicenseChange([holder(1, { skuIds: [basic] })], request, full);
    expect(actions(plan)).toEqual([{ type: 'license.wait', skuIds: [premium] }]);
    expect(warnings(plan)).toEqual(['licenses.kept-until-seat']);
  });

  test('taking back a product ends waiting for it', () => {
    const waiting = new Map([[holder(1).user.id, new Set([premium])]]);
    const plan = planLicenseChange([holder(1)], { ...nobody, remove: [premium] }, facts({ waiting }));
    expect(actions(plan)).toEqual([{ type: 'license.stop-waiting', skuIds: [premium] }]);
  });

  test.each([
    ['licenses.nothing-chosen', nobody],
    ['licenses.both-ways', { ...nobody, add: [basic], remove: [basic] }],
    ['online.license-unknown', { ...nobody, add: ['00000000-0000-4000-8000-000000000000'] }],
    ['licenses.service-unknown', { ...nobody, add: [basic], disabledPlans: { [basic]: [premium] } }],
    ['licenses.service-unknown', { ...nobody, add: [basic], disabledPlans: { [premium]: [mailbox] } }],
  ])('%s stops the plan', (code, request) => {
    expect(planLicenseChange([holder(1)], request, facts()).blocked).toMatchObject({ code });
  });

  test('never hands out more seats than there are, and planning after applying gives nothing', () => {
    const subset = fc.subarray([premium, basic]);
    const held = fc.record({ own: subset, byGroup: subset });
    fc.assert(
      fc.property(fc.array(held, { maxLength: 8 }), subset, subset, fc.nat(4), (people, add, drop, free) => {
        const remove = drop.filter((skuId) => !add.includes(skuId));
        fc.pre(add.length + remove.length > 0);
        const all = people.map(({ own, byGroup }, index) => {
          const inheritedSkuIds = byGroup.filter((skuId) => !own.includes(skuId));
          return holder(index + 1, { skuIds: [...own, ...inheritedSkuIds], inheritedSkuIds });
        });
        const licenses = [license(premium, 'Business Premium', free), license(basic, 'Business Basic', free)];
        const request: LicenseChangeRequest = { ...nobody, add, remove, whenShort: 'wait' };
        const plan = planLicenseChange(all, request, facts({ licenses }));
        const waiting = new Map<string, Set<string>>();
        const after = all.map((person, index) => applied(person, actions(plan, index) ?? [], waiting));
        for (const skuId of [premium, basic]) {
          const given = (list: readonly Person[]): number =>
            list.filter((one) => one.online?.skuIds.includes(skuId)).length;
          expect(given(after) - given(all)).toBeLessThanOrEqual(free);
        }
        const used = licenses.map((one) => ({ ...one, used: 10 }));
        const again = planLicenseChange(after, request, facts({ licenses: used, waiting }));
        expect(again.people.flatMap((person) => person.actions)).toEqual([]);
      }),
    );
  });
});

describe('an online account that no user has', () => {
  test('gets licenses and loses them as people do', () => {
    const request = { ...nobody, add: [premium], remove: [basic] };
    expect(actions(planLicenseChange([sampleAccount(1, { skuIds: [basic] })], request, facts()))).toEqual([
      { type: 'online.assign-licenses', skuIds: [premium], inPlaceOf: [basic] },
    ]);
  });

  test('does not wait for a seat, and is told so', () => {
    const request: LicenseChangeRequest = { ...nobody, add: [premium], whenShort: 'wait' };
    const plan = planLicenseChange([holder(1), sampleAccount(2)], request, facts());
    expect(plan.blocked).toBeUndefined();
    expect(actions(plan, 1)).toEqual([]);
    expect(warnings(plan, 1)).toEqual(['licenses.cannot-wait']);
  });
});
