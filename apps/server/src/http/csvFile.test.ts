import { DomainError } from '@isthmus/kernel';
import { expect, test } from 'vitest';
import { exportList, MOST_EXPORTED_ROWS, writeCsv } from './csvFile.ts';

const clock = { now: () => new Date('2026-03-04T23:00:00Z') } as Parameters<typeof exportList>[0];
const columns = [{ name: 'name', value: (row: string) => row }];

test.each([
  ['=1+1', "'=1+1"],
  ['+49 30 1', "'+49 30 1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['Smith, "Bob"', '"Smith, ""Bob"""'],
  ['=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
  ['two\nlines', '"two\nlines"'],
  ['two\rlines', '"two\rlines"'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['O’Brien 王', 'O’Brien 王'],
  ['', ''],
])('%j is written as %j', async (value, written) => {
  const text = await writeCsv(
    [value],
    [
      { name: 'first', value: () => 1 },
      { name: 'value', value: (row) => row },
    ],
    { bom: false },
  );
  expect(text).toBe(`first,value\r\n1,${written}\r\n`);
});

test('begins with the mark for spreadsheets when asked for it, and with the header alone for an empty list', async () => {
  expect(await writeCsv([], columns, { bom: true })).toBe('\uFEFFname\r\n');
});

test('writes what is not there as an empty cell', async () => {
  const nothing = [
    { name: 'a', value: () => null },
    { name: 'b', value: () => undefined },
    { name: 'c', value: () => false },
  ];
  expect(await writeCsv(['x'], nothing, { bom: false })).toBe('a,b,c\r\n,,false\r\n');
});

test('writes every row of a long list once and in order', async () => {
  const rows = Array.from({ length: 2501 }, (_, index) => `person ${index}`);
  expect(await writeCsv(rows, columns, { bom: false })).toBe(`${['name', ...rows].join('\r\n')}\r\n`);
});

test('names the file by the list and the day', async () => {
  const read = async () => ({ items: ['x'], total: 1 });
  const file = await exportList(clock, { name: 'people', columns, bom: false, read });
  expect(file).toEqual({ fileName: 'people-2026-03-04.csv', text: 'name\r\nx\r\n' });
});

test('refuses a list that is too long instead of leaving rows out', async () => {
  const read = async () => ({ items: ['x'], total: MOST_EXPORTED_ROWS + 1 });
  const refused = exportList(clock, { name: 'people', columns, bom: false, read });
  await expect(refused).rejects.toBeInstanceOf(DomainError);
  await expect(refused).rejects.toMatchObject({ code: 'export.too-many-rows' });
});
