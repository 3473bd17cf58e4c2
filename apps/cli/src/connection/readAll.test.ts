import { expect, test } from 'vitest';
import { readAll } from './readAll.ts';

function listOf(length: number) {
  const asked: { offset: number; limit: number }[] = [];
  const read = async (page: { offset: number; limit: number }) => {
    asked.push(page);
    const all = Array.from({ length }, (_, index) => index);
    return { items: all.slice(page.offset, page.offset + page.limit), total: length };
  };
  return { asked, read };
}

test('a list is read to its end, page by page', async () => {
  const { asked, read } = listOf(1200);
  const { items, total } = await readAll(read);
  expect([items.length, items.at(-1), total]).toEqual([1200, 1199, 1200]);
  expect(asked.map(({ offset }) => offset)).toEqual([0, 500, 1000]);
});

test('no more than wished is asked for', async () => {
  const { asked, read } = listOf(1200);
  expect((await readAll(read, 510)).items).toHaveLength(510);
  expect(asked.map(({ limit }) => limit)).toEqual([500, 10]);
});

test('an empty list, and one that became shorter meanwhile, end', async () => {
  expect(await readAll(listOf(0).read)).toEqual({ items: [], total: 0 });
  let calls = 0;
  const shrinking = async () => {
    calls += 1;
    return { items: calls === 1 ? [1] : [], total: 5 };
  };
  expect(await readAll(shrinking)).toEqual({ items: [1], total: 5 });
});
