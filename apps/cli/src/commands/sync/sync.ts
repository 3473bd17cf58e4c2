import {
  type Drift,
  type DriftPolicy,
  driftPolicySchema,
  type ManagedField,
  managedFieldSchema,
  managedFields,
  type SyncPass,
  type SyncPerson,
  type SyncStatus,
} from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { ExitCode } from '../../ExitCode.ts';
import { ago, duration } from '../../output/format.ts';
import type { Output } from '../../output/Output.ts';
import { showItem, showPlan } from '../../output/showPlan.ts';
import { UsageError } from '../../UsageError.ts';
import { resolveUser } from '../users/resolveUser.ts';
import { addSyncSettingsCommands } from './syncSettings.ts';

const REASONS = { chosen: 'chosen', 'failed-over': 'took over', restored: 'holds older data than before' } as const;

function controllerText({ server, controller }: SyncStatus['directory']): string {
  if (controller === null) return 'none yet';
  const { since, reason, previous, missing } = controller;
  const from = reason === 'failed-over' && previous !== null ? ` from ${previous}` : '';
  const kept = missing === 0 ? '' : `; ${missing} people are not there and are kept`;
  return `${server ?? '?'}, ${REASONS[reason]}${from} ${ago(since)}${kept}`;
}

function show(output: Output, sync: SyncStatus): void {
  output.result(sync, () => {
    output.properties([
      ['State', sync.state],
      [
        'Directory',
        `${sync.directory.people} people from ${sync.directory.server ?? '?'}, read ${ago(sync.directory.updatedAt)}`,
      ],
      ['Domain controller', controllerText(sync.directory)],
      ['Microsoft 365', `${sync.online.people} accounts, read ${ago(sync.online.updatedAt)}`],
      ['Linked', String(sync.linked)],
      [
        'Last pass',
        sync.lastPass === null
          ? 'none'
          : `${ago(sync.lastPass.at)}, ${duration(sync.lastPass.durationMs)}, ${sync.lastPass.actions} actions, ${sync.lastPass.failed} failed`,
      ],
      [
        'Password capture',
        `${sync.passwordCapture.state}, ${sync.passwordCapture.waiting} waiting, ${sync.passwordCapture.rejected} rejected`,
      ],
    ]);
    for (const problem of [sync.problem, sync.directory.problem, sync.online.problem]) {
      if (problem !== null) output.notice('Problem', problem);
    }
    for (const { name, attempts, nextAt, problem } of sync.setAside) {
      output.notice(`Set aside: ${name}, ${attempts} attempts, next ${new Date(nextAt).toLocaleTimeString()}`, problem);
    }
    for (const item of sync.held?.items ?? []) {
      output.line(
        `Held: ${item.subject.name}: ${item.actions.map((planned) => planned.type).join(', ')}  [${item.key}]`,
      );
    }
    if (sync.held !== null) output.note('Decide with: isthmus sync approve KEY... or isthmus sync keep KEY...');
  });
}

interface DryRun {
  readonly dryRun?: boolean;
}

async function pause({ api, output }: Context, { dryRun }: DryRun): Promise<undefined> {
  const client = await api();
  if (dryRun !== true) show(output, await client.call('pauseSync', {}));
  else {
    const waiting = await client.call('getSyncPlan', {});
    output.result({ waiting }, () => {
      output.line(
        'Nothing would be written any more until sync resume; both sides are still read, passwords still go.',
      );
      if (waiting.items.length > 0) output.line('This would wait:');
      for (const item of waiting.items) showItem(output, item);
    });
  }
  return undefined;
}

async function resume({ api, output }: Context, { dryRun }: DryRun): Promise<undefined> {
  const client = await api();
  if (dryRun === true) showPlan(output, await client.call('getSyncPlan', {}));
  else show(output, await client.call('resumeSync', {}));
  return undefined;
}

function showPerson(output: Output, person: SyncPerson): void {
  output.result(person, () => {
    for (const type of person.done) output.line(`Done: ${type}`);
    if (person.notManaged !== null) output.line(`${person.name} is not managed (${person.notManaged}) and left alone.`);
    if (person.setAside !== null) output.notice('Set aside', person.setAside.problem);
    if (person.item !== null) showItem(output, person.item);
    else if (person.notManaged === null) output.line(`${person.name} is in step.`);
  });
}

interface RunOptions extends DryRun {
  readonly full?: boolean;
  readonly user?: string;
}

async function run(context: Context, { full, user, dryRun }: RunOptions): Promise<number | undefined> {
  if (dryRun === true) return plan(context, user === undefined ? {} : { user });
  const { api, output } = context;
  const client = await api();
  if (user === undefined) {
    show(output, await client.call('runSync', { body: { full: full === true } }));
    return undefined;
  }
  if (full === true) throw new UsageError('--full compares everybody, so it cannot go with --user.');
  const person = await client.call('runSyncPerson', { params: { id: await resolveUser(client, user) } });
  showPerson(output, person);
  return person.setAside === null ? ExitCode.ok : ExitCode.failed;
}

async function plan({ api, output }: Context, { user }: { readonly user?: string }): Promise<undefined> {
  const client = await api();
  if (user === undefined) showPlan(output, await client.call('getSyncPlan', {}));
  else showPerson(output, await client.call('getSyncPerson', { params: { id: await resolveUser(client, user) } }));
  return undefined;
}

function showPass(output: Output, pass: SyncPass): void {
  const corrected = pass.cause === 'nightly-comparison' ? `, ${pass.corrected} copies put right` : '';
  output.line(
    `${ago(pass.at)}  ${pass.cause}  ${duration(pass.durationMs)}, ${pass.looked} looked at, ${pass.actions} actions, ${pass.failed} failed${corrected}`,
  );
  for (const { name, done, problem } of pass.people) {
    output.line(`  ${name}: ${[...done, ...(problem === null ? [] : [`failed: ${problem}`])].join(', ')}`);
  }
}

async function passes({ api, output }: Context): Promise<undefined> {
  const page = await (await api()).call('listSyncPasses', {});
  output.result(page, () => {
    if (page.total === 0) output.line('No pass has done anything yet.');
    for (const pass of page.items) showPass(output, pass);
  });
  return undefined;
}

const decide =
  (decision: 'approve' | 'keep') =>
  async ({ api, output }: Context, keys: string[], { dryRun }: DryRun): Promise<undefined> => {
    const client = await api();
    const { held } = await client.call('getSyncStatus', {});
    if (held === null) throw new UsageError('No pass is held.');
    const unknown = keys.find((key) => !held.items.some((item) => item.key === key));
    if (unknown !== undefined) throw new UsageError(`${unknown} is not held. Look at isthmus sync status.`);
    if (dryRun === true) {
      const items = held.items.filter(({ key }) => keys.includes(key));
      output.result({ decision, items }, () => {
        output.line(decision === 'approve' ? 'Would be done:' : 'Would not be done, and not be asked again:');
        for (const item of items) showItem(output, item);
      });
      return undefined;
    }
    const body = { approve: decision === 'approve' ? keys : [], keep: decision === 'keep' ? keys : [] };
    show(output, await client.call('decideHeldPass', { params: { id: held.id }, body }));
    return undefined;
  };

function showDrift(output: Output, drift: Drift): void {
  output.result(drift, () => {
    output.properties(
      drift.policies.map(({ field, policy, isStandard }) => [field, isStandard ? policy : `${policy} (changed)`]),
    );
    output.line();
    output.line(drift.total === 0 ? 'Nobody differs.' : `${drift.total} people differ:`);
    for (const { name, differences } of drift.people) {
      for (const { field, directory, online } of differences) {
        output.line(`  ${name}: ${field}: ${directory ?? '(none)'} in the directory, ${online ?? '(none)'} online`);
      }
    }
    if (drift.people.length < drift.total) output.note(`The first ${drift.people.length} are shown.`);
  });
}

async function setDrift({ api, output }: Context, policies: string[], { dryRun }: DryRun): Promise<undefined> {
  const chosen: [ManagedField, DriftPolicy][] = policies.map((text) => {
    const [field, policy] = text.split('=');
    const known = managedFieldSchema.safeParse(field);
    const wanted = driftPolicySchema.safeParse(policy);
    if (known.success && wanted.success) return [known.data, wanted.data];
    throw new UsageError(
      `${JSON.stringify(text)} is not FIELD=POLICY. Fields: ${managedFields.join(', ')}. Policies: ${driftPolicySchema.options.join(', ')}.`,
    );
  });
  const client = await api();
  const query = dryRun === true ? { dryRun: 'true' } : {};
  const { effect } = await client.call('changeSyncSettings', { query, body: { drift: Object.fromEntries(chosen) } });
  if (dryRun === true) showPlan(output, effect.plan);
  else showDrift(output, await client.call('getDrift', {}));
  return undefined;
}

export function addSyncCommands(program: Command): void {
  const noun = program.command('sync').description('how the two sides are kept in step');
  noun
    .command('status')
    .description('mirrors, last pass, guard and password capture')
    .action(
      action(async ({ api, output }: Context) => {
        show(output, await (await api()).call('getSyncStatus', {}));
        return undefined;
      }),
    );
  noun
    .command('plan')
    .description('what the next pass would do')
    .option('--user <name>', 'for one person only')
    .action(action(plan));
  noun.command('passes').description('the last passes: when, why, how long and what was done').action(action(passes));
  noun
    .command('run')
    .description('read both sides again now and act')
    .option('--full', 'read both sides in full, not only what changed')
    .option('--user <name>', 'for one person only')
    .option('--dry-run', 'tell what would be done and do nothing')
    .action(action(run));
  noun
    .command('pause')
    .description('stop acting on changes')
    .option('--dry-run', 'tell what would wait, and go on')
    .action(action(pause));
  noun
    .command('resume')
    .description('act on changes again')
    .option('--dry-run', 'tell what would be done, and stay paused')
    .action(action(resume));
  noun
    .command('drift')
    .description('who differs in Microsoft 365, and what is done about it')
    .action(
      action(async ({ api, output }: Context) => {
        showDrift(output, await (await api()).call('getDrift', {}));
        return undefined;
      }),
    );
  noun
    .command('set-drift <policies...>')
    .description('FIELD=overwrite, FIELD=warn or FIELD=leave')
    .option('--dry-run', 'tell what would be done and change nothing')
    .action(action(setDrift));
  noun
    .command('approve <keys...>')
    .description('do what the delete guard held, for these')
    .option('--dry-run', 'tell what would be done and do nothing')
    .action(action(decide('approve')));
  noun
    .command('keep <keys...>')
    .description('do not do it, for these')
    .option('--dry-run', 'tell what would be kept and decide nothing')
    .action(action(decide('keep')));
  addSyncSettingsCommands(noun);
}
