import { expect, test } from 'vitest';
import { moveBy } from './gridKeys.ts';

const size = { rows: 10_000, columns: 5, page: 12 };
const at = (row: number, column: number) => ({ row, column });
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey });

test('arrows move by one and stop at the edges, with the header above the first row', () => {
  expect(moveBy(at(0, 0), press('ArrowUp'), size)).toEqual(at(-1, 0));
  expect(moveBy(at(-1, 0), press('ArrowUp'), size)).toEqual(at(-1, 0));
  expect(moveBy(at(9999, 4), press('ArrowDown'), size)).toEqual(at(9999, 4));
  expect(moveBy(at(3, 4), press('ArrowRight'), size)).toEqual(at(3, 4));
});

test('Home and End stay in the row, with Ctrl they reach the ends of the list', () => {
  expect(moveBy(at(7, 3), press('Home'), size)).toEqual(at(7, 0));
  expect(moveBy(at(7, 3), press('End', true), size)).toEqual(at(9999, 4));
  expect(moveBy(at(7, 3), press('Home', true), size)).toEqual(at(0, 0));
});

test('pages never lead into the header', () => {
  expect(moveBy(at(5, 1), press('PageUp'), size)).toEqual(at(0, 1));
  expect(moveBy(at(5, 1), press('PageDown'), size)).toEqual(at(17, 1));
});

test('other keys are left to others', () => {
  expect(moveBy(at(5, 1), press('a'), size)).toBeUndefined();
});
