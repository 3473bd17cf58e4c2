import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Emulator } from '../index.ts';
import type { TestCertificate } from './certificates.ts';

/** Hosts of Microsoft that the CLI for Microsoft 365 knows by name; the emulator has to be made for them. */
export const microsoftHosts = [
  'login.microsoftonline.com',
  'graph.microsoft.com',
  'outlook.office365.com',
  'contoso.sharepoint.com',
  'contoso-admin.sharepoint.com',
];

const program = fileURLToPath(new URL('index.js', import.meta.resolve('@pnp/cli-microsoft365')));
const redirection = new URL('redirectHosts.mjs', import.meta.url).href;
// Each start of the program takes seconds of a processor, and more than two at a time only wait for each other.
const LANES = 2;
const lanes = new Map<number, Promise<unknown>>();
let turn = 0;

function inTurn<T>(start: () => Promise<T>): Promise<T> {
  turn += 1;
  const lane = turn % LANES;
  const before = lanes.get(lane) ?? Promise.resolve();
  const result = before.then(start, start);
  lanes.set(lane, result);
  return result;
}

/** PnP's CLI for Microsoft 365 as it is installed, which takes the emulator for Microsoft's hosts. */
export class CommandLine {
  readonly #emulator: Pick<Emulator, 'port' | 'caFile'>;
  /** Holds nothing but what the program keeps there, such as who is signed in. */
  readonly #home: string;
  readonly #used: Set<string>;

  private constructor(emulator: Pick<Emulator, 'port' | 'caFile'>, home: string, used: Set<string>) {
    this.#emulator = emulator;
    this.#home = home;
    this.#used = used;
  }

  /** Signs in with a certificate in a home of its own. */
  static async signIn(emulator: Emulator, appId: string, certificate: TestCertificate): Promise<CommandLine> {
    const home = mkdtempSync(join(tmpdir(), 'm365-'));
    const settings = join(home, '.config', 'configstore');
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, 'cli-m365-config.json'), JSON.stringify({ disableTelemetry: true, prompt: false }));
    const file = join(home, 'certificate.pem');
    writeFileSync(file, `${certificate.privateKeyPem.trim()}\n${certificate.pem}`, { mode: 0o600 });
    const cli = new CommandLine(emulator, home, new Set());
    const as = ['--appId', appId, '--tenant', emulator.tenantId];
    await cli.run('login', '--authType', 'certificate', '--certificateFile', file, ...as);
    return cli;
  }

  /** Another one that is signed in likewise, and can be used beside this one. */
  fork(): CommandLine {
    const home = mkdtempSync(join(tmpdir(), 'm365-'));
    cpSync(this.#home, home, { recursive: true });
    return new CommandLine(this.#emulator, home, this.#used);
  }

  /** Commands that were run, without their options. */
  get usedCommands(): ReadonlySet<string> {
    return this.#used;
  }

  /** Where a command can find or leave files. */
  file(name: string, text: string): string {
    const path = join(this.#home, name);
    writeFileSync(path, text);
    return path;
  }

  /** Runs a command and reads the JSON it prints; a command that fails throws what it says. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  async run(command: string, ...options: readonly string[]): Promise<any> {
    this.#used.add(command);
    const words = [...command.split(' '), ...options];
    const text = await inTurn(() => this.#start(words));
    return text.trim() === '' ? undefined : JSON.parse(text);
  }

  dispose(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }

  #start(words: readonly string[]): Promise<string> {
    const env = {
      PATH: process.env['PATH'],
      HOME: this.#home,
      CLIMICROSOFT365_NOUPDATE: '1',
      NODE_EXTRA_CA_CERTS: this.#emulator.caFile,
      NODE_OPTIONS: `--import ${redirection}`,
      REDIRECT_HOSTS: microsoftHosts.join(','),
      REDIRECT_PORT: String(this.#emulator.port),
    };
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [program, ...words, '--output', 'json'], { env }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`m365 ${words.join(' ')}: ${stderr}${stdout}`));
      });
    });
  }
}
