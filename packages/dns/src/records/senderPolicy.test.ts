import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSpfLookups, includesPolicy, isSpf, mergeSpf } from './senderPolicy.ts';

const MICROSOFT = 'spf.protection.outlook.com';

describe('a merged sender policy', () => {
  test.each([
    [[], 'v=spf1 include:spf.protection.outlook.com -all'],
    [['v=spf1 mx ~all'], 'v=spf1 mx include:spf.protection.outlook.com ~all'],
    [
      ['v=spf1 ip4:192.0.2.0/24 include:_spf.example.net ?all'],
      'v=spf1 ip4:192.0.2.0/24 include:_spf.example.net include:spf.protection.outlook.com ?all',
    ],
    [['v=spf1 include:SPF.protection.outlook.com -all'], 'v=spf1 include:SPF.protection.outlook.com -all'],
    [['v=spf1 redirect=_spf.example.net'], 'v=spf1 include:spf.protection.outlook.com redirect=_spf.example.net'],
    [['v=spf1 mx -all', 'v=spf1 a MX ~all'], 'v=spf1 mx a include:spf.protection.outlook.com -all'],
    [['v=spf1 ?include:spf.protection.outlook.com -all'], 'v=spf1 include:spf.protection.outlook.com -all'],
    [['v=spf1 a exp=why.example.net -all'], 'v=spf1 a include:spf.protection.outlook.com exp=why.example.net -all'],
  ])('%j', (existing, merged) => {
    expect(mergeSpf(existing, MICROSOFT)).toBe(merged);
  });

  test('keeps every sender, has the new one once, and merging again changes nothing', () => {
    const term = fc.constantFrom(
      'a',
      'mx',
      'ip4:192.0.2.1',
      'include:one.example',
      '~include:two.example',
      'exists:%{i}.x.example',
    );
    const policy = fc
      .tuple(fc.array(term, { maxLength: 6 }), fc.constantFrom('-all', '~all', '?all', 'redirect=other.example', ''))
      .map(([terms, end]) => ['v=spf1', ...terms, end].filter(Boolean).join(' '));
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 3 }), (existing) => {
        const merged = mergeSpf(existing, MICROSOFT);
        expect(isSpf(merged)).toBe(true);
        expect(includesPolicy(merged, MICROSOFT)).toBe(true);
        expect(mergeSpf([merged], MICROSOFT)).toBe(merged);
        const terms = existing.flatMap((text) => text.split(' ').slice(1)).filter((one) => !/all$|redirect/.test(one));
        for (const one of terms) expect(merged.split(' ')).toContain(one);
      }),
    );
  });
});

describe('the questions a policy costs', () => {
  const policies: Record<string, string> = {
    'one.example': 'v=spf1 a mx include:two.example -all',
    'two.example': 'v=spf1 ip4:192.0.2.1 include:one.example -all',
  };
  const read = async (domain: string) => policies[domain];

  test.each([
    ['v=spf1 -all', 0],
    ['v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 all', 0],
    ['v=spf1 a mx ptr exists:%{i}.example.net include:unknown.example -all', 5],
    ['v=spf1 a:mail.example a/24 redirect=unknown.example', 3],
    // One for the include, three within it, one within that; the circle ends.
    ['v=spf1 include:one.example -all', 5],
  ])('%s', async (text, count) => {
    expect(await countSpfLookups(text, read)).toBe(count);
  });
});

test('other texts are no sender policies', () => {
  expect(['v=spf10 a', 'V=SPF1 -all', 'spf2.0/pra', 'v=spf1'].map(isSpf)).toEqual([false, true, false, true]);
});
