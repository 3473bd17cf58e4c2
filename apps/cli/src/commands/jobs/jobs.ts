import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { showFirstPasswords } from '../../output/firstPasswords.ts';
import { allItems, exitCodeOf, followJob } from '../../output/followJob.ts';
import { ago } from '../../output/format.ts';
import { type CsvOptions, exporting, printCsv } from '../../output/printCsv.ts';

async function list(context: Context, options: CsvOptions): Promise<undefined> {
  if (options.csv === true) return printCsv(context, 'exportJobs', {});
  const { api, output } = context;
  const page = await (await api()).call('listJobs', { query: { limit: 50 } });
  output.result(page, () =>
    output.table(
      page.items,
      [
        { title: 'ID', value: (job) => job.id },
        { title: 'TITLE', value: (job) => job.title },
        { title: 'STATE', value: (job) => job.state },
        { title: 'DONE', value: (job) => `${job.counts.done + job.counts.unchanged}/${job.counts.total}` },
        { title: 'FAILED', value: (job) => String(job.counts.failed) },
        { title: 'STARTED BY', value: (job) => job.startedBy },
        { title: 'WHEN', value: (job) => ago(job.createdAt) },
      ],
      'No job has run yet.',
    ),
  );
  return undefined;
}

async function show({ api, output }: Context, id: string): Promise<number> {
  const client = await api();
  const job = await client.call('getJob', { params: { id } });
  const items = await allItems(client, id);
  output.result({ ...job, items }, () => {
    output.line(`${job.title}: ${job.state}`);
    output.table(
      items,
      [
        { title: 'NAME', value: (item) => item.name },
        { title: 'ADDRESS', value: (item) => item.address ?? '' },
        { title: 'STATE', value: (item) => item.state },
        { title: 'REASON', value: (item) => item.problem?.message ?? '' },
        { title: 'WHAT TO DO', value: (item) => item.problem?.remedy ?? '' },
      ],
      'No items.',
    );
  });
  return exitCodeOf(job);
}

async function watch({ api, output }: Context, id: string): Promise<number> {
  const client = await api();
  return followJob(client, output, await client.call('getJob', { params: { id } }));
}

async function cancel({ api, output }: Context, id: string): Promise<undefined> {
  const job = await (await api()).call('cancelJob', { params: { id } });
  output.result(job, () => output.line(`${job.title}: ${job.state}. What is done stays done.`));
  return undefined;
}

async function retry({ api, output }: Context, id: string): Promise<number> {
  const client = await api();
  return followJob(client, output, await client.call('retryJob', { params: { id } }));
}

const results = (context: Context, id: string): Promise<undefined> =>
  printCsv(context, 'downloadJobResults', { params: { id } });

export function addJobCommands(program: Command): void {
  const noun = program.command('job').description('long work and its results');
  exporting(noun.command('list')).description('jobs, newest first').action(action(list));
  noun.command('show <id>').description('what a job did for each one').action(action(show));
  noun.command('watch <id>').description('follow a job until it ends').action(action(watch));
  noun.command('cancel <id>').description('stop before the next item').action(action(cancel));
  noun.command('retry <id>').description('do the failed ones again').action(action(retry));
  noun.command('results <id>').description('the results as CSV').action(action(results));
  noun
    .command('passwords <id>')
    .description('the first passwords of an import, once, for whoever started it')
    .action(action(showFirstPasswords));
}
