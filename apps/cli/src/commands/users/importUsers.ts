import { readFile, stat } from 'node:fs/promises';
import {
  LONGEST_USER_FILE_BYTES,
  type UserFile,
  type UserImportField,
  userImportFieldSchema,
  userImportFields,
} from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type Context, changeQuery, changing } from '../../command.ts';
import { demandOneResult, type ImportOptions, offeringPasswords, reportImport } from '../../output/firstPasswords.ts';
import { UsageError } from '../../UsageError.ts';
import { templateIdOf } from './userTemplates.ts';

interface Options extends ImportOptions {
  readonly map?: string[];
  readonly changeExisting?: boolean;
  readonly ou?: string;
  readonly group?: string[];
  readonly template?: string;
}

async function readAsBase64(path: string): Promise<string> {
  const size = (await stat(path)).size;
  if (size > LONGEST_USER_FILE_BYTES) {
    throw new UsageError(`${path} has ${size} bytes; at most ${LONGEST_USER_FILE_BYTES} are read. Split the file.`);
  }
  return (await readFile(path)).toString('base64');
}

/** What the file’s own names tell, with `column=field` over it; a field without a name takes a column away. */
export function mappingFor(
  file: Pick<UserFile, 'columns'>,
  given: readonly string[],
): Partial<Record<UserImportField, number>> {
  const fields = file.columns.map(({ field }) => field);
  for (const text of given) {
    const end = text.lastIndexOf('=');
    const column = file.columns.findIndex(({ name }) => name.toLowerCase() === text.slice(0, end).toLowerCase());
    if (end < 0 || column < 0)
      throw new UsageError(`${text} is not of the form column=field with a column of the file.`);
    const name = text.slice(end + 1);
    const field = userImportFieldSchema.safeParse(name);
    if (name !== '' && !field.success) {
      throw new UsageError(`There is no field ${name}. Use one of: ${userImportFields.join(', ')}.`);
    }
    const before = field.success ? fields.indexOf(field.data) : -1;
    if (before >= 0) fields[before] = null;
    fields[column] = field.data ?? null;
  }
  return Object.fromEntries(fields.flatMap((field, index) => (field === null ? [] : [[field, index]])));
}

async function importUsers(context: Context, path: string, options: Options): Promise<number> {
  demandOneResult(options);
  const client = await context.api();
  const file = await readAsBase64(path);
  const recognized = await client.call('readUserFile', { body: { file } });
  const read =
    options.map === undefined
      ? recognized
      : await client.call('readUserFile', { body: { file, mapping: mappingFor(recognized, options.map) } });
  for (const warning of read.warnings) context.output.note(warning.message);
  const unread = read.columns.filter(({ field }) => field === null).map(({ name }) => name);
  if (unread.length > 0) context.output.note(`Columns that are not read: ${unread.join(', ')}`);
  const result = await client.call('importUsers', {
    query: changeQuery(options),
    body: {
      rows: read.rows,
      columns: Object.fromEntries(read.columns.flatMap(({ field, name }) => (field === null ? [] : [[field, name]]))),
      existing: options.changeExisting === true ? 'change' : 'refuse',
      ...(options.ou === undefined ? {} : { containerDn: options.ou }),
      ...(options.group === undefined ? {} : { groupDns: options.group }),
      ...(await templateIdOf(client, options.template)),
    },
  });
  return reportImport(context, result, options);
}

async function printTemplate({ api, output }: Context): Promise<undefined> {
  const csv = await (await api()).text('downloadUserTemplate', { query: { bom: 'false' } });
  output.result({ csv }, () => output.line(csv.trimEnd()));
  return undefined;
}

export function addImportUsers(user: Command): void {
  offeringPasswords(changing(user.command('import <file>')))
    .description('add the people of a CSV file; whoever is there already is left as is')
    .option('--map <column=field...>', 'what a column holds, when its name does not tell')
    .option('--change-existing', 'change people who are there with other values')
    .option('--template <name>', 'what the file leaves empty for new people is as in this template')
    .option('--ou <dn>', 'unit for the new accounts; the managed one when omitted')
    .option('--group <dn...>', 'groups that the new accounts join')
    .action(action(importUsers));
  user
    .command('import-template')
    .description('a CSV file with every column that import understands')
    .action(action(printTemplate));
}
