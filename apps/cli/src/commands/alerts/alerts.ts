import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { ago } from '../../output/format.ts';
import { type CsvOptions, exporting, printCsv } from '../../output/printCsv.ts';

async function list(context: Context, options: CsvOptions): Promise<undefined> {
  if (options.csv === true) return printCsv(context, 'exportAlerts', {});
  const { api, output } = context;
  const page = await (await api()).call('listAlerts', {});
  output.result(page, () =>
    output.table(
      page.items,
      [
        { title: 'ID', value: (alert) => alert.id },
        { title: 'SEVERITY', value: (alert) => alert.severity },
        { title: 'STATE', value: (alert) => alert.state },
        { title: 'WHAT', value: (alert) => `${alert.title}: ${alert.detail}` },
        { title: 'WHAT TO DO', value: (alert) => alert.remedy ?? '' },
        { title: 'SINCE', value: (alert) => ago(alert.since) },
      ],
      'No alerts.',
    ),
  );
  return undefined;
}

const change =
  (operation: 'ignoreAlert' | 'enableAlert') =>
  async ({ api, output }: Context, id: string): Promise<undefined> => {
    const alert = await (await api()).call(operation, { params: { id } });
    output.result(alert, () => output.line(`${alert.title}: ${alert.state}`));
    return undefined;
  };

export function addAlertCommands(program: Command): void {
  const noun = program.command('alert').description('conditions that need a person');
  exporting(noun.command('list')).description('alerts, worst first').action(action(list));
  noun
    .command('ignore <id>')
    .description('keep it in the list, but out of the health')
    .action(action(change('ignoreAlert')));
  noun
    .command('enable <id>')
    .description('count an ignored alert again')
    .action(action(change('enableAlert')));
}
