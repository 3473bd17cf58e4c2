import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DomainError } from '@isthmus/kernel';
import { z } from 'zod';
import { explainError } from './orchestrator/explainError.ts';
import { type Sandbox, startSandbox } from './orchestrator/startSandbox.ts';

const USAGE = `Usage: npm start -- [options]

  --world NAME            contoso-small (default), contoso-10k: who is in the directory of a new sandbox
  --dashboard-port PORT   default 8443, or the next free one
  --emulator-port PORT    default 8444, or the next free one
  --state FOLDER          where everything is kept; default .isthmus
  --help`;

const REPOSITORY = resolve(import.meta.dirname, '..', '..', '..');

const port = z.coerce.number().int().min(1).max(65_535).optional();
const optionsSchema = z.object({
  world: z.enum(['contoso-small', 'contoso-10k']).optional(),
  'dashboard-port': port,
  'emulator-port': port,
  state: z.string().default(join(REPOSITORY, '.isthmus')),
  lifeline: z.boolean().default(false),
  help: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        world: { type: 'string' },
        'dashboard-port': { type: 'string' },
        'emulator-port': { type: 'string' },
        state: { type: 'string' },
        lifeline: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    return optionsSchema.parse(values);
  } catch (cause) {
    const message = cause instanceof z.ZodError ? z.prettifyError(cause) : String((cause as Error).message);
    throw new DomainError({ code: 'sandbox.usage', message, remedy: USAGE, cause });
  }
}

function elapsed(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  console.log(`  … ${title}`);
  const result = await work();
  console.log(`  ✓ ${title} (${elapsed(start)})`);
  return result;
}

/** Settles when the sandbox was asked to stop. With a lifeline, end-of-file on standard input asks too. */
function stopRequest(hasLifeline: boolean): Promise<string> {
  return new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => settle(signal));
    if (hasLifeline)
      process.stdin
        .on('end', () => settle('end'))
        .on('error', () => settle('end'))
        .resume();
  });
}

/** Short where it is below the current folder. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
}

function announce(sandbox: Sandbox, start: number): void {
  console.log(`
Isthmus is ready (${elapsed(start)})

  Dashboard     ${sandbox.dashboardUrl}
  Sign in as    ${sandbox.userName}, with the password in ${shown(sandbox.readyFile)}
  A domain      ${sandbox.practice.domain}, its name server ${sandbox.practice.nameServer}, its key in ${shown(sandbox.practice.keyFile)}
  Mail          server ${sandbox.mail.server}, port ${sandbox.mail.port}, no encryption; what is sent lands in ${shown(sandbox.mail.folder)}
  Command line  node scripts/isthmus.mjs --help
  kpasswd       KRB5_CONFIG=${shown(sandbox.krb5ConfigFile)} kpasswd NAME

Ctrl+C stops everything and keeps what you did; "npm run sandbox:reset" throws it away.`);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const begin = performance.now();
  const asked = stopRequest(options.lifeline);
  const starting = startSandbox({
    repository: REPOSITORY,
    stateFolder: resolve(options.state),
    world: options.world,
    ports: {
      ...(options['dashboard-port'] === undefined ? {} : { dashboard: options['dashboard-port'] }),
      ...(options['emulator-port'] === undefined ? {} : { emulator: options['emulator-port'] }),
    },
    say: (line) => console.log(`  ${line}`),
    step,
  });
  const sandbox = await Promise.race([starting, asked]);
  // Asked to stop in the middle of starting: every part ends with this process.
  if (typeof sandbox === 'string') return;
  announce(sandbox, begin);
  try {
    await Promise.race([asked, sandbox.failed]);
  } finally {
    // A second Ctrl+C no longer waits for order.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
    await step('Stopping', () => sandbox.stop());
  }
}

try {
  await main();
  process.exit(0);
} catch (thrown) {
  const error = explainError(thrown);
  const message = error instanceof DomainError ? error.message : (error as Error).stack;
  console.error(`\nIsthmus could not go on: ${message}`);
  if (error instanceof DomainError && error.remedy !== undefined) console.error(`What to do: ${error.remedy}`);
  process.exit(1);
}
