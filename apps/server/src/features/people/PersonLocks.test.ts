import { expect, test } from 'vitest';
import { PersonLocks } from './PersonLocks.ts';

test('one person is worked on by one at a time, in the order of arrival, also after a failure', async () => {
  const locks = new PersonLocks();
  const seen: string[] = [];
  const step = (name: string, fail = false) =>
    locks.run('ada', async () => {
      seen.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
      if (fail) throw new Error('refused');
    });
  const results = await Promise.allSettled([step('one'), step('two', true), step('three')]);
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(seen).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']);
  expect(locks.isHeld('ada')).toBe(false);
});

test('groups of people that overlap do not block each other for ever', async () => {
  const locks = new PersonLocks();
  const work = (ids: string[]) => locks.runMany(ids, async () => ids.every((id) => locks.isHeld(id)));
  expect(await Promise.all([work(['a', 'b', 'c']), work(['c', 'b', 'a']), work(['b', 'b'])])).toEqual([
    true,
    true,
    true,
  ]);
});
