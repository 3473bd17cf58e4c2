import { expect, test } from 'vitest';
import { fitsTyped } from './fitsTyped.ts';

test('each word counts, in any of the texts, whatever its case', () => {
  const texts = ['Chidi Eze', 'chidi.eze'];
  for (const typed of ['', ' ', 'chi', 'CHIDI', 'eze chidi', ' chidi.e ']) expect(fitsTyped(typed, texts)).toBe(true);
  for (const typed of ['elena', 'chidi x', 'ezechidi']) expect(fitsTyped(typed, texts)).toBe(false);
});
