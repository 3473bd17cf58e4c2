import type { ImportCandidate, Plan } from '@isthmus/contracts';
import { expect, test } from 'vitest';
import { countUnchanged, questionOf, refusalsOfRows, rowsOfCandidates, rowsOfFile } from './importRows.ts';

const notice = { code: 'x', message: 'It is taken.', remedy: 'Choose another.' };
const candidate = (id: string, changes: Partial<ImportCandidate> = {}): ImportCandidate => ({
  onlineAccountId: id,
  address: `${id}@contoso.com`,
  displayName: id.toUpperCase(),
  licensed: true,
  userName: id,
  upn: `${id}@corp.test`,
  selected: true,
  warnings: [],
  blocked: null,
  ...changes,
});
const none = { ticks: {}, userNames: {} };

const item = (
  blocked: typeof notice | null,
  actions: Plan['items'][number]['actions'] = [],
): Plan['items'][number] => ({
  subject: { userId: null, onlineAccountId: null, name: 'A', userName: null, address: null },
  actions,
  warnings: [],
  blocked,
});
const planOf = (...items: Plan['items']): Plan => ({ items, counts: {}, warnings: [], blocked: null });

test('accounts are ticked as the server proposes, as they were selected, or as somebody ticked them', () => {
  const all = [candidate('a'), candidate('b', { selected: false }), candidate('c', { blocked: notice })];
  const ticked = (choices = none, only?: ReadonlySet<string>) =>
    rowsOfCandidates(all, choices, only, {})
      .filter((row) => row.ticked)
      .map(({ id }) => id);
  expect(ticked()).toEqual(['a']);
  expect(ticked(none, new Set(['b', 'c']))).toEqual(['b']);
  expect(ticked({ ...none, ticks: { a: false, b: true, c: true } })).toEqual(['b']);
});

test('a refusal stays with its question: another user name is another one', () => {
  const rows = rowsOfFile([{ line: 2, values: { userName: 'ada', displayName: 'Ada' } }], none, {});
  const refusals = refusalsOfRows(planOf(item(notice)), rows);
  const again = (userNames: Readonly<Record<string, string>>) =>
    rowsOfFile([{ line: 2, values: { userName: 'ada', displayName: 'Ada' } }], { ticks: {}, userNames }, refusals)[0];
  expect(again({})?.problem).toBe('It is taken. Choose another.');
  expect(again({ '2': 'ada2' })).toMatchObject({ userName: 'ada2', problem: undefined });
  expect(Object.keys(refusals)).toEqual([questionOf({ id: '2', userName: 'ada' })]);
});

test('who is there already is counted apart from who is refused', () => {
  const add = { type: 'directory.add-user' as const, side: 'directory' as const, reason: 'asked', changes: [] };
  expect(countUnchanged(planOf(item(null), item(notice), item(null, [add])))).toBe(1);
});
