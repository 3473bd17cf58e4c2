import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { DomainError } from '@isthmus/kernel';
import type { Part } from './Part.ts';

const STOP_MS = 20_000;
const LOG_LINES_SHOWN = 8;

export interface ProcessRequest {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Everything the process says is appended here. */
  readonly logFile: string;
  /** Hears of the process as soon as there is one. */
  readonly onSpawn?: (pid: number) => Promise<void>;
  readonly readyWithinMs: number;
}

export interface StartedProcess extends Part {
  readonly pid: number;
  /** The JSON object with `"event": "ready"` that the process wrote on a line of its standard output. */
  readonly ready: unknown;
}

function parseReady(line: string): unknown {
  if (!line.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(line) as { event?: unknown };
    return value.event === 'ready' ? value : undefined;
  } catch {
    return undefined;
  }
}

async function notReady(request: ProcessRequest, how: string): Promise<DomainError> {
  const log = await readFile(request.logFile, 'utf8').catch(() => '');
  const tail = log.trim().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
  return new DomainError({
    code: 'sandbox.part-not-ready',
    message: `${request.name} ${how}.${tail === '' ? '' : ` It said last:\n${tail}`}`,
    remedy: `Look into ${request.logFile}.`,
  });
}

/**
 * Starts a program that ends on end-of-file of its standard input, and waits for its ready line. Its own session keeps
 * Ctrl+C away from it, so that the sandbox can stop its parts in order.
 */
export async function startProcess(request: ProcessRequest): Promise<StartedProcess> {
  const [program, ...args] = request.command;
  if (program === undefined) throw new TypeError('A process needs a program');
  const child = spawn(program, args, {
    cwd: request.cwd,
    env: { ...process.env, ...request.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const log = createWriteStream(request.logFile, { flags: 'a', mode: 0o600 });
  // A disk that is full must not end the sandbox for want of a log.
  log.on('error', () => undefined);
  child.stderr.pipe(log, { end: false });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => log.end(resolve));
  });
  const stop = async (): Promise<void> => {
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
  };
  if (child.pid !== undefined) await request.onSpawn?.(child.pid);
  const ready = new Promise<unknown>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.write(`${line}\n`);
      const value = parseReady(line);
      if (value !== undefined) resolve(value);
    });
  });
  const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error));
  const timeout = AbortSignal.timeout(request.readyWithinMs);
  const tooLate = once(timeout, 'abort').then(() => notReady(request, 'was not ready in time'));
  const first = await Promise.race([
    ready,
    ended.then(() => notReady(request, 'ended while it started')),
    tooLate,
    failed,
  ]);
  if (first instanceof DomainError) {
    await stop();
    throw first;
  }
  return { name: request.name, pid: child.pid ?? 0, ready: first, ended, stop };
}
