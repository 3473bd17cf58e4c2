import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { ExitCode } from '../../ExitCode.ts';
import { count } from '../../output/format.ts';
import { type CsvOptions, exporting, printCsv } from '../../output/printCsv.ts';

async function list(
  context: Context,
  options: CsvOptions & { readonly search?: string; readonly limit: string },
): Promise<undefined> {
  const { api, output } = context;
  const view = options.search === undefined ? {} : { q: options.search };
  if (options.csv === true) return printCsv(context, 'exportAudit', { query: view });
  const page = await (await api()).call('listAudit', { query: { ...view, limit: Number(options.limit) } });
  output.result(page, () =>
    output.table(
      page.items,
      [
        { title: 'WHEN', value: (entry) => entry.at },
        { title: 'WHO', value: (entry) => entry.actor },
        { title: 'WHAT', value: (entry) => entry.sentence },
        { title: 'RESULT', value: (entry) => entry.result },
      ],
      'Nothing is recorded yet.',
    ),
  );
  return undefined;
}

async function verify({ api, output }: Context): Promise<number> {
  const proof = await (await api()).call('verifyAudit', {});
  output.result(proof, () =>
    output.line(
      proof.intact
        ? `The audit log is intact: ${count(proof.entries, 'entry', 'entries')}.`
        : `The audit log was changed: entry ${proof.firstBroken} does not follow from the one before.`,
    ),
  );
  return proof.intact ? ExitCode.ok : ExitCode.failed;
}

export function addAuditCommands(program: Command): void {
  const noun = program.command('audit').description('who did what to whom');
  exporting(noun.command('list'))
    .description('the log, newest first')
    .option('--search <text>', 'part of a sentence or a name')
    .option('--limit <number>', 'at most so many', '100')
    .action(action(list));
  noun.command('verify').description('prove that no entry was changed or removed').action(action(verify));
}
