import { MOST_USER_FILE_ROWS } from '@isthmus/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeCsv } from '../../http/csvFile.ts';
import { readUserFile } from './readUserFile.ts';
import { userTemplate } from './userTemplate.ts';

const utf8 = (text: string): Buffer => Buffer.from(text);
const people = 'Vorname,Nachname,Abteilung\nÄnne,Müller,Büro\n';

describe('the encoding', () => {
  test.each([
    ['utf-8', utf8(people)],
    ['utf-8', utf8(`\uFEFF${people}`)],
    ['utf-16le', Buffer.from(`\uFEFF${people}`, 'utf16le')],
    ['utf-16le', Buffer.from(people, 'utf16le')],
    ['utf-16be', Buffer.from(`\uFEFF${people}`, 'utf16le').swap16()],
    ['windows-1252', Buffer.from(people, 'latin1')],
  ])('%s is told from the bytes', (encoding, bytes) => {
    const file = readUserFile(bytes);
    expect(file.encoding).toBe(encoding);
    expect(file.columns.map(({ name, field }) => [name, field])).toEqual([
      ['Vorname', 'givenName'],
      ['Nachname', 'surname'],
      ['Abteilung', 'department'],
    ]);
    expect(file.rows).toEqual([
      {
        line: 2,
        values: {
          givenName: 'Änne',
          surname: 'Müller',
          department: 'Büro',
          displayName: 'Änne Müller',
          userName: 'anne.muller',
        },
      },
    ]);
  });
});

describe('the separator', () => {
  test.each([
    [',', ','],
    [';', ';'],
    ['tab', '\t'],
  ])('%s is told from the first line', (delimiter, sign) => {
    const file = readUserFile(
      utf8(`userName${sign}"Name, in full"${sign}title\r\nada${sign}"Lovelace, Ada"${sign}Countess`),
    );
    expect(file.delimiter).toBe(delimiter);
    expect(file.rows[0]?.values).toEqual({ userName: 'ada', title: 'Countess' });
    expect(file.columns[1]).toEqual({ name: 'Name, in full', field: null, sample: 'Lovelace, Ada' });
  });
});

test('a mapping of one’s own replaces the recognized one', () => {
  const file = readUserFile(utf8('a;b\nada;Ada'), { userName: 0, displayName: 1 });
  expect(file.rows[0]?.values).toEqual({ userName: 'ada', displayName: 'Ada' });
  expect(() => readUserFile(utf8('a;b\nada;Ada'), { userName: 2 })).toThrow(
    expect.objectContaining({ code: 'imports.column-not-found' }),
  );
});

test.each([
  ['nothing', '', 'empty'],
  ['names only', 'userName,title', 'nobody'],
  ['an open quotation mark', 'userName\n"ada\nbob', 'near line'],
  ['too many rows', `userName\n${'ada\n'.repeat(MOST_USER_FILE_ROWS + 1)}`, String(MOST_USER_FILE_ROWS)],
])('a file with %s is refused with a reason', (_, text, told) => {
  expect(() => readUserFile(utf8(text))).toThrow(
    expect.objectContaining({ code: 'imports.file-invalid', message: expect.stringContaining(told) }),
  );
});

test('a value that does not belong to any column is told with its line', () => {
  const file = readUserFile(utf8('userName,title\nada,Countess,of Lovelace\nbob\n'));
  expect(file.warnings).toEqual([expect.objectContaining({ code: 'imports.too-many-cells' })]);
  expect(file.warnings[0]?.message).toContain('Line 2');
  expect(file.rows).toHaveLength(2);
});

test('the template can be read as it is', async () => {
  const file = readUserFile(utf8(await userTemplate({ bom: true })));
  expect(file.columns.every(({ field, name }) => field === name)).toBe(true);
  expect(file.rows[0]?.values).toMatchObject({ userName: 'ada.lovelace', displayName: 'Ada Lovelace' });
});

test('two namesakes without user names get two, and the same ones each time', () => {
  const file = 'displayName\nAda Lovelace\nAda Lovelace\n';
  const names = readUserFile(utf8(file)).rows.map(({ values }) => values.userName);
  expect(names).toEqual(['ada.lovelace', 'ada.lovelace2']);
  expect(readUserFile(utf8(file)).rows.map(({ values }) => values.userName)).toEqual(names);
});

test('whatever our own export writes comes back, formulas too', async () => {
  const cell = fc
    .string({ minLength: 1, maxLength: 30 })
    .filter((text) => text.trim() === text && !/['\0\uFEFF]/.test(text));
  const formula = fc.constantFrom('=1+1', '+49 30 1', '-1', '@x');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(cell, formula), { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      async (all, bom) => {
        const columns = [
          { name: 'userName', value: (_: string) => 'ada' },
          { name: 'description', value: (text: string) => text },
        ];
        const file = readUserFile(utf8(await writeCsv(all, columns, { bom })));
        expect(file.rows.map(({ values }) => values.description)).toEqual(all);
      },
    ),
  );
});
