import type { Match } from '@isthmus/contracts';
import { describe, expect, test } from 'vitest';
import { pairRows } from './matchPairs.ts';

const nothingChosen = { ticks: {}, accounts: {} };

function match(userId: string, over: Partial<Match> = {}): Match {
  return {
    userId,
    userName: userId,
    displayName: userId,
    evidence: 'sign-in-name',
    confidence: 'certain',
    ambiguous: false,
    reason: '',
    accounts: [{ id: `${userId}-online`, address: `${userId}@example.com`, displayName: userId }],
    ...over,
  };
}

describe('pairs to link', () => {
  test('a certain and a likely pair are chosen unasked, a possible one is not', () => {
    const rows = pairRows(
      [match('a'), match('b', { confidence: 'likely' }), match('c', { confidence: 'possible' })],
      nothingChosen,
    );
    expect(rows.map((row) => row.ticked)).toEqual([true, true, false]);
    expect(rows.map((row) => row.accountId)).toEqual(['a-online', 'b-online', 'c-online']);
  });

  test('an ambiguous pair waits for a choice, and says so once it is ticked', () => {
    const ambiguous = match('a', { ambiguous: true });
    expect(pairRows([ambiguous], nothingChosen)).toMatchObject([{ ticked: false, accountId: undefined }]);
    expect(pairRows([ambiguous], { ticks: { a: true }, accounts: {} })).toMatchObject([{ problem: 'unchosen' }]);
    expect(pairRows([ambiguous], { ticks: { a: true }, accounts: { a: 'a-online' } })).toMatchObject([
      { accountId: 'a-online', problem: undefined },
    ]);
  });

  test('an account chosen for two people is a problem of both, until one is left out', () => {
    const account = { id: 'one', address: 'one@example.com', displayName: 'One' };
    const two = [match('a', { accounts: [account] }), match('b', { accounts: [account] })];
    expect(pairRows(two, nothingChosen).map((row) => row.problem)).toEqual(['double', 'double']);
    expect(pairRows(two, { ticks: { b: false }, accounts: {} }).map((row) => row.problem)).toEqual([
      undefined,
      undefined,
    ]);
  });
});
