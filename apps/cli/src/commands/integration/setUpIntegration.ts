import type { ApiClient } from '@isthmus/api-client';
import type { SetUpAttempt } from '@isthmus/contracts';
import { ask } from '../../ask.ts';
import type { Context } from '../../command.ts';
import { ExitCode } from '../../ExitCode.ts';
import type { Output } from '../../output/Output.ts';
import { showChecks } from '../../output/showChecks.ts';
import { UsageError } from '../../UsageError.ts';

interface Options {
  readonly usageLocation?: string;
  readonly yes?: boolean;
}

const WAIT_SECONDS = 20;
const ENDED: readonly SetUpAttempt['state'][] = ['done', 'failed', 'cancelled', 'expired'];

async function next(client: ApiClient, attempt: SetUpAttempt): Promise<SetUpAttempt> {
  return client.call('getSetUpAttempt', { params: { id: attempt.id }, query: { wait: WAIT_SECONDS } });
}

async function untilSignedIn(client: ApiClient, output: Output, started: SetUpAttempt): Promise<SetUpAttempt> {
  let attempt = started;
  let told = false;
  while (attempt.state === 'waiting-for-sign-in') {
    if (attempt.prompt !== null && !told) {
      output.note(`Open ${attempt.prompt.verificationUri} and type the code ${attempt.prompt.userCode}`);
      output.note(`Sign in there as an administrator of the tenant, before ${attempt.prompt.expiresAt}.`);
      told = true;
    }
    attempt = await next(client, attempt);
  }
  return attempt;
}

async function untilEnded(client: ApiClient, output: Output, started: SetUpAttempt): Promise<SetUpAttempt> {
  let attempt = started;
  const told = new Set<string>();
  for (;;) {
    for (const step of attempt.steps) {
      const line = `${step.state.padEnd(8)} ${step.step}`;
      if (step.state !== 'waiting' && !told.has(line)) output.note(line);
      told.add(line);
    }
    if (ENDED.includes(attempt.state)) return attempt;
    attempt = await next(client, attempt);
  }
}

async function confirmed(options: Options): Promise<boolean> {
  return options.yes === true || /^y(es)?$/i.test(await ask('Register Isthmus in this tenant? [y/N] '));
}

/** What was given, else what the tenant says, else what the person at the terminal answers; undefined without any. */
async function chooseUsageLocation(options: Options, attempt: SetUpAttempt): Promise<string | undefined> {
  const known = options.usageLocation ?? attempt.suggestedUsageLocation;
  if (known !== null || !process.stdin.isTTY) return known ?? undefined;
  return (await ask('In which country are the licenses used? Two letters, such as US: ')).toUpperCase() || undefined;
}

function finish(output: Output, attempt: SetUpAttempt): number {
  output.result(attempt, () => {
    if (attempt.state === 'done') output.line(`${attempt.tenant?.displayName ?? 'The tenant'} is integrated.`);
    if (attempt.problem !== null) output.notice('Not integrated', attempt.problem);
    if (attempt.leftOver.length > 0) output.line(`Still in the tenant: ${attempt.leftOver.join(', ')}`);
  });
  return attempt.state === 'done' ? ExitCode.ok : ExitCode.failed;
}

/** Signs an administrator in by device code; undefined when that did not come about, after saying why. */
export async function signInAdministrator(client: ApiClient, output: Output): Promise<SetUpAttempt | undefined> {
  const attempt = await untilSignedIn(client, output, await client.call('startSetUp', {}));
  if (attempt.state !== 'signed-in' || attempt.tenant === null) {
    finish(output, attempt);
    return undefined;
  }
  output.note(
    `Signed in as ${attempt.administrator ?? '?'} of ${attempt.tenant.displayName} (${attempt.tenant.initialDomain}).`,
  );
  return attempt;
}

/** Registers, connects and reads back. @returns the exit code */
export async function register(
  client: ApiClient,
  output: Output,
  attempt: SetUpAttempt,
  usageLocation: string,
): Promise<number> {
  const registering = await client.call('confirmSetUp', {
    params: { id: attempt.id },
    body: { tenantId: attempt.tenant?.tenantId ?? '', usageLocation },
  });
  return finish(output, await untilEnded(client, output, registering));
}

/** The Integrate wizard in a terminal. */
export async function setUpIntegration({ api, output }: Context, options: Options): Promise<number> {
  // Whatever can be known to be missing is told before anybody signs in.
  if (options.yes !== true && !process.stdin.isTTY) {
    throw new UsageError('Give --yes to register without being asked.');
  }
  const client = await api();
  const requirements = await client.call('checkRequirements', {});
  if (!requirements.ready) {
    output.result(requirements, () => showChecks(output, requirements.checks));
    return ExitCode.failed;
  }
  const attempt = await signInAdministrator(client, output);
  if (attempt === undefined) return ExitCode.failed;
  const usageLocation = await chooseUsageLocation(options, attempt);
  if (usageLocation === undefined || !(await confirmed(options))) {
    const cancelled = await client.call('cancelSetUp', { params: { id: attempt.id } });
    if (usageLocation === undefined)
      throw new UsageError('The tenant names no country. Give --usage-location, such as US.');
    return finish(output, cancelled);
  }
  return register(client, output, attempt, usageLocation);
}
