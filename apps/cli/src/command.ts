import { type ApiClient, ApiError } from '@isthmus/api-client';
import { type CommandResult, problemSchema } from '@isthmus/contracts';
import type { Command } from 'commander';
import { connect } from './connection/connect.ts';
import { ExitCode } from './ExitCode.ts';
import { followJob } from './output/followJob.ts';
import { Output } from './output/Output.ts';
import { showPlan } from './output/showPlan.ts';
import { UsageError } from './UsageError.ts';

/** What a command works with. */
export interface Context {
  readonly output: Output;
  readonly api: () => Promise<ApiClient>;
}

/** Options of every command that changes something. */
export interface ChangeOptions {
  readonly dryRun?: boolean;
  readonly wait?: boolean;
}

function fail(output: Output, error: unknown): number {
  if (error instanceof ApiError) {
    const problem = problemSchema.parse(error.problem);
    if (output.json) process.stdout.write(`${JSON.stringify({ problem }, undefined, 2)}\n`);
    output.note(`${problem.detail}${problem.remedy === undefined ? '' : ` ${problem.remedy}`} [${problem.code}]`);
    for (const detail of problem.errors ?? [])
      output.note(`  ${detail.field}: ${detail.message}${detail.remedy ?? ''}`);
    return ExitCode.failed;
  }
  if (error instanceof UsageError) {
    output.note(error.message);
    return ExitCode.usage;
  }
  output.note(error instanceof Error ? error.message : String(error));
  return ExitCode.failed;
}

/** Wraps the action of a command: gives it its context and turns its outcome into an exit code. */
export function action<Arguments extends unknown[]>(
  run: (context: Context, ...given: Arguments) => Promise<number | undefined>,
): (...given: [...Arguments, Command]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const output = new Output(command.optsWithGlobals<{ json?: boolean }>().json === true);
    const rest = given.slice(0, -1) as unknown as Arguments;
    process.exitCode = await run({ output, api: connect }, ...rest).then(
      (code) => code ?? ExitCode.ok,
      (error: unknown) => fail(output, error),
    );
  };
}

/** Adds the options of a command that changes something. */
export function changing(command: Command): Command {
  return command
    .option('--dry-run', 'show the plan and change nothing')
    .option('--no-wait', 'start the job and do not wait for its end');
}

/** Query of the call behind a command that changes something. */
export function changeQuery(options: ChangeOptions): { dryRun?: 'true' } {
  return options.dryRun === true ? { dryRun: 'true' } : {};
}

/** Shows the plan of a dry run, or follows the job. @returns the exit code */
export async function report(
  context: Context,
  api: ApiClient,
  result: CommandResult,
  options: ChangeOptions,
): Promise<number> {
  if (result.kind === 'plan') {
    showPlan(context.output, result.plan);
    return result.plan.blocked === null ? ExitCode.ok : ExitCode.failed;
  }
  if (options.wait === false) {
    context.output.result(result.job, () => context.output.line(`Started: ${result.job.title} (job ${result.job.id})`));
    return ExitCode.ok;
  }
  return followJob(api, context.output, result.job);
}
