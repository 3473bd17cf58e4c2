import type { Notice, UserFileRow, UserImportField } from '@isthmus/contracts';
import { z } from 'zod';
import { userNameProblem } from './userNames.ts';

/** A row whose values are what they must be, as far as that follows from the row alone. */
export interface CheckedRow {
  readonly line: number;
  readonly values: UserFileRow['values'];
  readonly problems: readonly Notice[];
}

/** What Isthmus takes of each text; the schema of the directory allows at least as much. */
const LIMITS: Readonly<Partial<Record<UserImportField, number>>> = {
  givenName: 64,
  surname: 64,
  displayName: 64,
  mail: 256,
  department: 64,
  title: 128,
  office: 128,
  phone: 64,
  mobile: 64,
  company: 64,
  description: 256,
};

/** Names the place and the value, as a person finds it in the file. */
export function atCell(
  row: Pick<UserFileRow, 'line' | 'values'>,
  field: UserImportField,
  columns: Readonly<Partial<Record<UserImportField, string>>>,
  problem: Notice,
): Notice {
  const value = row.values[field];
  const shown = value === undefined || problem.message.includes(value) ? '' : ` (“${value.slice(0, 60)}”)`;
  return {
    ...problem,
    message: `Line ${row.line}, column ${columns[field] ?? field}${shown}: ${problem.message}`,
    field,
  };
}

function invalid(message: string, remedy: string): Notice {
  return { code: 'imports.value-invalid', message, remedy };
}

function textProblems({ values }: UserFileRow): [UserImportField, Notice][] {
  return Object.entries(LIMITS).flatMap(([name, limit]): [UserImportField, Notice][] => {
    const field = name as UserImportField;
    const value = values[field] ?? '';
    if (Array.from(value).length > limit) {
      return [[field, invalid(`It has more than ${limit} characters.`, 'Shorten it.')]];
    }
    return /\p{Cc}/u.test(value)
      ? [[field, invalid('It has a line break or control sign in it.', 'Leave it out.')]]
      : [];
  });
}

function formProblems({ values }: UserFileRow): [UserImportField, Notice][] {
  const problems: [UserImportField, Notice][] = [];
  const userName = userNameProblem(values.userName ?? '');
  if (userName !== undefined) problems.push(['userName', userName]);
  if (values.displayName === undefined) {
    problems.push(['displayName', invalid('The person has no name.', 'Give a display name, or first and last name.')]);
  }
  if (values.mail !== undefined && !z.email().safeParse(values.mail).success) {
    problems.push(['mail', invalid(`“${values.mail}” is no e-mail address.`, 'Write it as name@example.com.')]);
  }
  if (values.usageLocation !== undefined && !/^[A-Z]{2}$/.test(values.usageLocation)) {
    const message = `“${values.usageLocation}” is no country of two capital letters.`;
    problems.push(['usageLocation', invalid(message, 'Write it as DE, AT or CH, for instance.')]);
  }
  if (values.licenses !== undefined && values.onlineAddress === undefined) {
    const message = 'Licenses need an online account.';
    problems.push(['licenses', invalid(message, 'Give an online address too, or leave the licenses out.')]);
  }
  return problems;
}

/** Pure: everything that is wrong with a row by itself, each with its place, its value and what to do. */
export function checkUserRow(
  row: UserFileRow,
  columns: Readonly<Partial<Record<UserImportField, string>>>,
): CheckedRow {
  const trimmed = Object.entries(row.values)
    .map(([field, value]) => [field, value.trim()] as const)
    .filter(([, value]) => value !== '');
  const values: UserFileRow['values'] = Object.fromEntries(trimmed);
  const { usageLocation } = values;
  if (usageLocation !== undefined) values.usageLocation = usageLocation.toUpperCase();
  const checked = { line: row.line, values };
  const problems = [...formProblems(checked), ...textProblems(checked)];
  return { ...checked, problems: problems.map(([field, problem]) => atCell(checked, field, columns, problem)) };
}
