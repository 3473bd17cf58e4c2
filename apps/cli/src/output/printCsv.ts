import type { RequestOf } from '@isthmus/api-client';
import type { OperationId } from '@isthmus/contracts';
import type { Command } from 'commander';
import type { Context } from '../command.ts';

type FileOperation = 'downloadJobResults' | Extract<OperationId, `export${string}`>;

export interface CsvOptions {
  readonly csv?: boolean;
}

/** Adds the option of a list that can also be printed as a file. */
export function exporting(command: Command): Command {
  return command.option('--csv', 'print the whole list as CSV, safe to open in a spreadsheet');
}

/** Prints the CSV file of an operation. */
export async function printCsv<Id extends FileOperation>(
  { api, output }: Context,
  id: Id,
  request: RequestOf<Id>,
): Promise<undefined> {
  const csv = await (await api()).text(id, request);
  output.result({ csv }, () => output.line(csv.trimEnd()));
  return undefined;
}
