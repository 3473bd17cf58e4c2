import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMxInOrder, planMx } from './planMx.ts';

const mx = (preference: number, exchange: string) =>
  ({ type: 'MX', name: 'contoso.com', ttl: 3600, preference, exchange }) as const;
const wanted = mx(0, 'contoso-com.mail.protection.outlook.com');
const proof = mx(32_767, 'ms12345678.msv1.invalid');

const ours = (current: ReturnType<typeof mx>[], hasMoved: boolean) =>
  planMx(current, wanted, hasMoved).at(-1)?.preference;

describe('the mail servers of a domain', () => {
  test.each([
    [[], 10],
    [[mx(10, 'mail.contoso.com')], 20],
    [[mx(0, 'mail.contoso.com'), mx(50, 'backup.contoso.com')], 60],
    [[mx(10, 'mail.contoso.com'), mx(15, wanted.exchange)], 15],
    [[mx(10, 'mail.contoso.com'), mx(5, wanted.exchange)], 20],
    [[mx(10, 'mail.contoso.com'), proof], 20],
    [[mx(32_767, 'mail.contoso.com')], 32_777],
    [[mx(5, wanted.exchange)], 5],
  ])('during a migration %j: %i', (current, preference) => {
    expect(ours(current, false)).toBe(preference);
  });

  test.each([
    [[], 0],
    [[mx(20, 'mail.contoso.com'), mx(30, wanted.exchange)], 10],
    [[mx(5, 'mail.contoso.com')], 0],
    [[mx(20, 'mail.contoso.com'), mx(7, wanted.exchange)], 7],
  ])('after mail has moved %j: %i', (current, preference) => {
    expect(ours(current, true)).toBe(preference);
  });

  test('never takes mail away while it goes elsewhere, removes nobody, and is in order afterwards', () => {
    const servers = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 30_000 }), fc.constantFrom('a.example', 'b.example', wanted.exchange))
        .map(([preference, exchange]) => mx(preference, exchange)),
      { maxLength: 5 },
    );
    const unique = servers.map((list) =>
      list.filter((one, index) => list.findIndex((other) => other.exchange === one.exchange) === index),
    );
    fc.assert(
      fc.property(unique, fc.boolean(), (current, hasMoved) => {
        const planned = planMx(current, wanted, hasMoved);
        const others = current.filter(({ exchange }) => exchange !== wanted.exchange);
        expect(planned.slice(0, -1)).toEqual(others);
        expect(isMxInOrder(planned, wanted, hasMoved)).toBe(true);
        const preference = planned.at(-1)?.preference ?? -1;
        if (hasMoved || others.length === 0) return;
        expect(preference).toBeGreaterThan(Math.max(...others.map((one) => one.preference)));
      }),
    );
  });
});
