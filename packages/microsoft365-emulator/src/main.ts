import { fstatSync } from 'node:fs';
import { isDomainError } from '@isthmus/kernel';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { afterHelp, introduction } from './helpTexts.ts';
import type { Emulator, EmulatorOptions } from './options.ts';
import { startEmulator } from './startEmulator.ts';

interface ServeOptions {
  readonly state?: string;
  readonly port: number;
  readonly host: string;
  readonly hostName: readonly string[];
  readonly seed?: string;
  readonly throttling: 'real' | 'scaled' | 'off';
  readonly throttlingFactor: number;
  readonly latency: number;
  readonly resolver?: string;
  readonly record?: string;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('A whole number that is not negative.');
  return value;
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('A number above zero.');
  return value;
}

function serverAddress(text: string): string {
  if (!/^.+:\d+$/.test(text)) throw new InvalidArgumentError('A host and a port, such as 127.0.0.1:5353.');
  return text;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const program = new Command('microsoft365-emulator')
  .description(introduction)
  .addHelpText('after', afterHelp)
  .version(packageJson.version)
  .addArgument(new Argument('[command]', 'what to do; there is nothing else').choices(['serve']).default('serve'))
  .option('--state <folder>', 'keep state, certificates and keys there; without it nothing outlives the process')
  .option('--port <number>', 'port to listen on; 0 takes any', wholeNumber, 0)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--host-name <name>', 'further name for the certificate; may be repeated', collect, [])
  .option('--seed <file>', 'YAML or JSON file that describes the tenant to start with')
  .addOption(new Option('--throttling <mode>', 'limits to apply').choices(['real', 'scaled', 'off']).default('real'))
  .option('--throttling-factor <number>', 'with "scaled", what the limits are multiplied by', positiveNumber, 1)
  .option('--latency <milliseconds>', 'waiting time added to every call', wholeNumber, 0)
  .option(
    '--resolver <host:port>',
    "name server that domains are verified against; by default the machine's own",
    serverAddress,
  )
  .option('--record <folder>', 'write every Graph exchange there, bodies included, for checks by tests')
  .action((_, options: ServeOptions) => serve(options));

async function serve(given: ServeOptions): Promise<void> {
  const options: EmulatorOptions = {
    port: given.port,
    host: given.host,
    hostNames: given.hostName,
    latencyMs: given.latency,
    throttling: { mode: given.throttling, factor: given.throttlingFactor },
    ...(given.state === undefined ? {} : { stateFolder: given.state }),
    ...(given.seed === undefined ? {} : { seed: given.seed }),
    ...(given.resolver === undefined ? {} : { settings: { dnsResolver: given.resolver } }),
    ...(given.record === undefined ? {} : { recordExchanges: given.record }),
  };
  const emulator = await startEmulator(options);
  const { url, caFile, tenantId, initialDomain, administrator, passwordFile, controlKeyFile } = emulator;
  const ready = {
    url,
    caFile,
    tenantId,
    initialDomain,
    administrator: { username: administrator.username, passwordFile },
  };
  const inspector = `${url}/_emulator`;
  process.stdout.write(`${JSON.stringify({ event: 'ready', ...ready, controlKeyFile, inspector })}\n`);
  if (process.stdout.isTTY) process.stderr.write(inWords(emulator, inspector));
  await untilAskedToStop();
  await emulator.close();
}

/** What a person wants to know who started it on a terminal. */
function inWords({ url, caFile, administrator, passwordFile, controlKeyFile }: Emulator, inspector: string): string {
  return `
Listening on ${url}
  sign in as     ${administrator.username}, password in ${passwordFile}
  trust          ${caFile}
  look inside    ${inspector}, key in ${controlKeyFile}
Ctrl+C ends it.
`;
}

/** A signal, or the end of a piped standard input: whoever started us is gone then. */
function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    if (isPipe())
      process.stdin
        .once('end', resolve)
        .once('error', () => resolve())
        .resume();
  });
}

/** Not a terminal, nor a file or the null device, which end at once and say nothing about whoever started us. */
function isPipe(): boolean {
  const kind = fstatSync(0);
  return kind.isFIFO() || kind.isSocket();
}

try {
  await program.parseAsync();
  process.exit(process.exitCode ?? 0);
} catch (error) {
  if (!isDomainError(error)) throw error;
  process.stderr.write(`${error.message}\n${error.remedy ?? ''}\n`);
  process.exit(1);
}
