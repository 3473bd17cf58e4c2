import { newUserSchema } from '@isthmus/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suggestUserName } from './suggestUserName.ts';

test.each([
  ['Ana', 'Abe', 'ana.abe'],
  ['Björn', 'Ødegård', 'bjorn.odegard'],
  ['Anne Marie', 'van der Merwe', 'a.vandermerwe'],
  ['Hubert', 'Wolfeschlegelsteinhausenbergerdorff', 'h.wolfeschlegelstein'],
  ['מרים', 'כהן', ''],
  ['', 'Groß', 'gross'],
])('%s %s becomes %s', (given, family, expected) => {
  expect(suggestUserName(given, family)).toBe(expected);
});

test('whatever the name, the suggestion is empty or a valid user name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (given, family) => {
      const name = suggestUserName(given, family);
      expect(name === '' || newUserSchema.shape.userName.safeParse(name).success).toBe(true);
    }),
  );
});
