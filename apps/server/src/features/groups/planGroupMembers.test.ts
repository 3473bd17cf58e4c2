import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planGroupMembers } from './planGroupMembers.ts';

const set = (...ids: string[]): ReadonlySet<string> => new Set(ids);
const nobody = set();

describe('members of a linked group', () => {
  test('come and go as in the directory; who exists only online stays', () => {
    const plan = planGroupMembers({
      wanted: set('ada', 'bob'),
      current: set('bob', 'eve', 'cloud-only'),
      linked: set('ada', 'bob', 'eve'),
      approved: nobody,
    });
    expect(plan).toEqual({ add: ['ada'], remove: ['eve'], held: [] });
  });

  test('many removals at once wait for approval, additions do not', () => {
    const many = Array.from({ length: 10 }, (_, number) => `p${number}`);
    const facts = { wanted: set('new'), current: set(...many), linked: set('new', ...many), approved: nobody };
    expect(planGroupMembers(facts)).toEqual({ add: ['new'], remove: [], held: many });
    expect(planGroupMembers({ ...facts, approved: set(...many) })).toEqual({ add: ['new'], remove: many, held: [] });
  });

  test('planning after applying gives nothing but what is held', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: 60 });
    fc.assert(
      fc.property(ids, ids, ids, ids, (wanted, current, linked, approved) => {
        const facts = {
          wanted: set(...wanted.filter((id) => linked.includes(id))),
          current: set(...current),
          linked: set(...linked),
          approved: set(...approved),
        };
        const plan = planGroupMembers(facts);
        const after = new Set([...facts.current, ...plan.add].filter((id) => !plan.remove.includes(id)));
        const again = planGroupMembers({ ...facts, current: after });
        expect(again.add).toEqual([]);
        // What is left to remove can only be what the guard held; it may be let through once fewer are left.
        expect([...again.remove, ...again.held].every((id) => plan.held.includes(id))).toBe(true);
        expect(plan.remove.every((id) => linked.includes(id))).toBe(true);
      }),
    );
  });
});
