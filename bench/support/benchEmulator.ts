import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import tls from 'node:tls';
import { processTree } from './processes.ts';

const PROGRAM = join(import.meta.dirname, '../../packages/microsoft365-emulator/bin/microsoft365-emulator.mjs');

export interface MeasuredProcess {
  readonly pid: number;
  readonly startedInMs: number;
  /** The line it printed when it was ready. */
  readonly ready: Readonly<Record<string, string>>;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a program of ours and waits for its first line, which is JSON. */
export async function startMeasured(script: string, args: readonly string[]): Promise<MeasuredProcess> {
  const started = performance.now();
  const child: ChildProcess = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new TypeError('The program has no standard output');
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => {
      throw new Error(`${script} ended before it was ready`);
    }),
  ]);
  const startedInMs = performance.now() - started;
  return {
    pid: child.pid ?? 0,
    startedInMs,
    ready: JSON.parse(String(line)) as Record<string, string>,
    kill: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

/** An emulator of its own without limits, which this process trusts from then on. */
export async function startBenchEmulator(state: string, seedFile?: string): Promise<MeasuredProcess> {
  const seed = seedFile === undefined ? [] : ['--seed', seedFile];
  const emulator = await startMeasured(PROGRAM, ['serve', '--state', state, '--throttling', 'off', ...seed]);
  const ca = readFileSync(emulator.ready['caFile'] ?? '', 'utf8');
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ca]);
  return emulator;
}

/** An application token for every Graph call of the benchmark. */
export async function getBenchToken({ ready }: MeasuredProcess): Promise<string> {
  const key = readFileSync(ready['controlKeyFile'] ?? '', 'utf8').trim();
  const made = await fetch(`${ready['url']}/_emulator/applications`, {
    method: 'POST',
    headers: { 'x-emulator-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: 'Benchmark', permissions: ['User.ReadWrite.All'], roles: [] }),
  });
  const { appId, secret } = (await made.json()) as Record<string, string>;
  const answer = await fetch(`${ready['url']}/${ready['tenantId']}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId ?? '',
      client_secret: secret ?? '',
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export async function useOf(pid: number): Promise<{ cpuSeconds: number; megabytes: number }> {
  const found = (await processTree(pid)).find((process) => process.pid === pid);
  return { cpuSeconds: found?.cpuSeconds ?? Number.NaN, megabytes: found?.megabytes ?? Number.NaN };
}
