import type { CommandResult } from '@isthmus/contracts';
import type { Command } from 'commander';
import { type ChangeOptions, type Context, report } from '../command.ts';
import { UsageError } from '../UsageError.ts';

export interface ImportOptions extends ChangeOptions {
  readonly showPasswords?: boolean;
  readonly json?: boolean;
}

/** Prints the first passwords of an import. The server destroys them with this answer. */
export async function showFirstPasswords({ api, output }: Context, id: string): Promise<undefined> {
  const answer = await (await api()).call('showFirstPasswords', { params: { id } });
  output.result(answer, () => {
    output.table(
      answer.items,
      [
        { title: 'NAME', value: (item) => item.name },
        { title: 'USER NAME', value: (item) => item.userName },
        { title: 'SIGN-IN NAME', value: (item) => item.upn },
        { title: 'FIRST PASSWORD', value: (item) => item.password },
      ],
      'No passwords.',
    );
    output.note('These passwords cannot be shown again. Each is changed at the first sign-in.');
  });
  return undefined;
}

/** Adds the option of a command that makes accounts with first passwords. */
export function offeringPasswords(command: Command): Command {
  return command.option('--show-passwords', 'print the first passwords at the end; they are shown once');
}

/** Both would print a result: refused before anything is done. */
export function demandOneResult(options: ImportOptions): void {
  if (options.showPasswords !== true) return;
  if (options.json === true || options.wait === false || options.dryRun === true) {
    throw new UsageError(
      '--show-passwords prints a list when the import has ended; use isthmus job passwords ID later.',
    );
  }
}

/** Reports the import, then prints its passwords or says how they are had. @returns the exit code */
export async function reportImport(context: Context, result: CommandResult, options: ImportOptions): Promise<number> {
  const client = await context.api();
  const exitCode = await report(context, client, result, options);
  if (result.kind !== 'job') return exitCode;
  const { id } = result.job;
  if (options.showPasswords !== true) {
    context.output.note(`The first passwords can be shown once, within 24 hours: isthmus job passwords ${id}`);
    return exitCode;
  }
  const { count } = await client.call('getFirstPasswords', { params: { id } });
  if (count > 0) await showFirstPasswords(context, id);
  return exitCode;
}
