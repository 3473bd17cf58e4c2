import { setImmediate } from 'node:timers/promises';
import { type Clock, DomainError } from '@isthmus/kernel';
import { stringify } from 'csv-stringify/sync';

/** One column of a CSV file. The name is that of the field in the API, so that scripts find it again. */
export interface CsvColumn<Row> {
  readonly name: string;
  readonly value: (row: Row) => string | number | boolean | null | undefined;
}

/** What a router answers for an operation that produces a file. */
export interface TextFile {
  readonly fileName: string;
  readonly text: string;
}

export interface ListExport<Row> {
  /** Name of the file without its date and ending. */
  readonly name: string;
  readonly columns: readonly CsvColumn<Row>[];
  readonly bom: boolean;
  /** The list operation behind it: what it finds is what the file holds. */
  readonly read: (page: { readonly offset: number; readonly limit: number }) => Promise<{
    readonly items: readonly Row[];
    readonly total: number;
  }>;
}

/** Rows of the longest file: what is in it is held in memory until it is sent. */
export const MOST_EXPORTED_ROWS = 100_000;
const ROWS_AT_ONCE = 1000;

/**
 * Rows as a CSV file (RFC 4180). Names come from the directory, where anybody may have put a formula: such cells are
 * escaped, so that opening the file in a spreadsheet runs nothing.
 */
export async function writeCsv<Row>(
  rows: readonly Row[],
  columns: readonly CsvColumn<Row>[],
  { bom }: { readonly bom: boolean },
): Promise<string> {
  // Of the two signs of a line's end the library quotes only the pair.
  const shared = { escape_formulas: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/ } as const;
  const parts = [stringify([columns.map(({ name }) => name)], { ...shared, bom })];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const cells = rows
      .slice(start, start + ROWS_AT_ONCE)
      .map((row) => columns.map(({ value }) => String(value(row) ?? '')));
    parts.push(stringify(cells, shared));
    // A long list must not keep the other requests waiting.
    await setImmediate();
  }
  return parts.join('');
}

/**
 * Everything that a list finds, as one file. Read at once: page by page, rows that come meanwhile would double others.
 * @throws DomainError `export.too-many-rows`
 */
export async function exportList<Row>(clock: Clock, list: ListExport<Row>): Promise<TextFile> {
  const { items, total } = await list.read({ offset: 0, limit: MOST_EXPORTED_ROWS });
  if (total > MOST_EXPORTED_ROWS) {
    throw new DomainError({
      code: 'export.too-many-rows',
      message: `The list has ${total} rows; a file holds at most ${MOST_EXPORTED_ROWS}.`,
      remedy: 'Narrow the list with the filter or a search, and export the parts.',
      parameters: { total, most: MOST_EXPORTED_ROWS },
    });
  }
  return {
    fileName: `${list.name}-${clock.now().toISOString().slice(0, 10)}.csv`,
    text: await writeCsv(items, list.columns, list),
  };
}
