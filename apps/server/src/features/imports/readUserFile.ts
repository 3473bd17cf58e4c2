import {
  MOST_USER_FILE_ROWS,
  type Notice,
  type UserFile,
  type UserFileRow,
  type UserImportField,
  userImportFields,
} from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import { CsvError, parse } from 'csv-parse/sync';
import { decodeUserFile } from './decodeUserFile.ts';
import { recognizeColumns } from './userFileColumns.ts';
import { freeUserName, suggestUserName } from './userNames.ts';

type Mapping = Partial<Record<UserImportField, number>>;

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [
  [',', ','],
  [';', ';'],
  ['tab', '\t'],
] as const satisfies readonly (readonly [UserFile['delimiter'], string])[];
const LONGEST_CELL = 2000;
const MOST_COLUMNS = 500;
const SAMPLES = 3;
/** What our own exports put before a cell that a spreadsheet would take for a formula. */
const ESCAPED_FORMULA = /^'(?=[=+\-@\t\r])/;

function invalid(message: string, remedy: string): DomainError {
  return new DomainError({ code: 'imports.file-invalid', message, remedy, field: 'file' });
}

function parseLines(text: string, delimiter: string): Line[] {
  const lines: Line[] = [];
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (record: string[], { lines: line }) => {
        lines.push({ line, cells: record.map((cell) => cell.replace(ESCAPED_FORMULA, '')) });
        return null;
      },
    });
    return lines;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = typeof error['lines'] === 'number' ? ` near line ${error['lines']}` : '';
    throw invalid(
      `The file cannot be read as CSV${at}: a quotation mark is not closed or stands in the middle of a value.`,
      'Write values with quotation marks as "a ""b"" c", or save the file from a spreadsheet as CSV again.',
    );
  }
}

/** The sign that makes the most columns of the first line; spreadsheets choose it by the country. */
function guessDelimiter(text: string): (typeof DELIMITERS)[number] {
  const [firstLine = ''] = text.split(/\r\n|\r|\n/, 1);
  const columnsBy = (sign: string): number => firstLine.replaceAll(/"[^"]*"/g, '').split(sign).length;
  const [first, ...others] = DELIMITERS;
  return others.reduce<(typeof DELIMITERS)[number]>(
    (best, each) => (columnsBy(each[1]) > columnsBy(best[1]) ? each : best),
    first,
  );
}

function demandSize(header: Line | undefined, rows: readonly Line[]): void {
  if (header === undefined) throw invalid('The file is empty.', 'Choose a file with a line of column names first.');
  if (header.cells.length > MOST_COLUMNS) {
    throw invalid(`The file has more than ${MOST_COLUMNS} columns.`, 'Leave out the columns that are not needed.');
  }
  if (rows.length === 0) {
    throw invalid('The file has column names only, and nobody below them.', 'Add a line for each person.');
  }
  if (rows.length > MOST_USER_FILE_ROWS) {
    throw invalid(
      `The file has ${rows.length} rows; at most ${MOST_USER_FILE_ROWS} are imported at once.`,
      'Split the file. Rows that were imported already do no harm.',
    );
  }
}

function demandMapping(mapping: Mapping, columns: number): void {
  const outside = Object.entries(mapping).find(([, column]) => column >= columns);
  if (outside === undefined) return;
  throw new DomainError({
    code: 'imports.column-not-found',
    message: `The field ${outside[0]} was given column ${outside[1] + 1}, but the file has ${columns}.`,
    remedy: 'Choose a column of the file.',
    field: 'mapping',
  });
}

function raggedWarnings(header: Line, rows: readonly Line[]): Notice[] {
  return rows
    .filter(({ cells }) => cells.slice(header.cells.length).some((cell) => cell !== ''))
    .map(({ line, cells }) => ({
      code: 'imports.too-many-cells',
      message: `Line ${line} has ${cells.length} values, but there are ${header.cells.length} columns; the rest is not read.`,
      remedy: 'Put values that hold the separator into quotation marks.',
    }));
}

function valuesOf({ line, cells }: Line, mapping: Mapping): UserFileRow['values'] {
  const values: UserFileRow['values'] = {};
  for (const field of userImportFields) {
    const column = mapping[field];
    const value = column === undefined ? '' : (cells[column] ?? '');
    if (value.length > LONGEST_CELL) {
      throw invalid(`Line ${line} has a value of ${value.length} characters.`, `Shorten it below ${LONGEST_CELL}.`);
    }
    if (value !== '') values[field] = value;
  }
  return values;
}

/**
 * Names that the file leaves open. They follow from the file alone, never from who is in the directory already: the same
 * file a second time means the same people.
 */
function complete(rows: readonly UserFileRow[]): UserFileRow[] {
  const given = new Set(rows.flatMap(({ values }) => values.userName?.toLowerCase() ?? []));
  return rows.map(({ line, values }) => {
    const full = [values.givenName, values.surname].filter((part) => part !== undefined).join(' ');
    const displayName = values.displayName ?? full;
    const named = displayName === '' ? values : { ...values, displayName };
    if (values.userName !== undefined || displayName === '') return { line, values: named };
    const userName = freeUserName(suggestUserName(full, displayName), (name) => given.has(name));
    given.add(userName.toLowerCase());
    return { line, values: { ...named, userName } };
  });
}

/**
 * Pure: the columns and rows of a CSV file of people. UTF-8, UTF-16 and Windows files; comma, semicolon or tab.
 * @throws DomainError `imports.file-invalid` with the line where it can be told, `imports.column-not-found`
 */
export function readUserFile(bytes: Buffer, wanted?: Mapping): UserFile {
  const { encoding, text } = decodeUserFile(bytes);
  const [delimiter, sign] = guessDelimiter(text);
  const [header, ...lines] = parseLines(text, sign);
  demandSize(header, lines);
  const names = header?.cells ?? [];
  const mapping = wanted ?? recognizeColumns(names);
  demandMapping(mapping, names.length);
  const fieldOf = new Map(Object.entries(mapping).map(([field, column]) => [column, field as UserImportField]));
  return {
    encoding,
    delimiter,
    columns: names.map((name, index) => ({
      name: name.slice(0, 200),
      field: fieldOf.get(index) ?? null,
      sample: lines
        .map(({ cells }) => cells[index] ?? '')
        .filter((cell) => cell !== '')
        .slice(0, SAMPLES)
        .join(', ')
        .slice(0, 120),
    })),
    rows: complete(lines.map((line) => ({ line: line.line, values: valuesOf(line, mapping) }))),
    warnings: header === undefined ? [] : raggedWarnings(header, lines),
  };
}
