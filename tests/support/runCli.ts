import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

export const cliProgram = resolve(import.meta.dirname, '..', '..', 'apps', 'cli', 'src', 'main.ts');

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  readonly json: () => unknown;
}

/** Runs `isthmus` as a person would, with a profile of its own in `home`. */
export async function runCli(home: string, given: readonly string[], input = ''): Promise<CliResult> {
  const child = spawn(process.execPath, [cliProgram, ...given], {
    env: { ...process.env, ISTHMUS_PROFILE: join(home, 'profile.json') },
    stdio: 'pipe',
  });
  child.stdin.end(input);
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((done) => child.once('close', (code) => done(code ?? -1))),
  ]);
  return { exitCode, stdout, stderr, json: () => JSON.parse(stdout) as unknown };
}
