import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running PostgreSQL writes about itself into `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly status: string;
}

/** `other`: the number belongs to a process that is not PostgreSQL. */
export type ProcessState = 'postgres' | 'zombie' | 'other' | 'gone';

export const WATCHDOG_NAME = 'isthmus-postgresql-watchdog';

export function postmasterFileOf(clusterFolder: string): string {
  return join(clusterFolder, 'postmaster.pid');
}

export async function readPostmasterFile(clusterFolder: string): Promise<Postmaster | undefined> {
  const text = await readFile(postmasterFileOf(clusterFolder), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), socketFolder: lines[4] ?? '', status: (lines[7] ?? '').trim() };
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A killed postmaster whose parent does not collect it stays a zombie, which PostgreSQL takes for a running server. */
export async function processState(pid: number): Promise<ProcessState> {
  if (!answersSignals(pid)) return 'gone';
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return process.platform === 'linux' ? 'gone' : 'postgres';
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  if (name !== 'postgres') return 'other';
  return state === 'Z' || state === 'X' ? 'zombie' : 'postgres';
}

/** Whether a watchdog still stands over the postmaster; it will stop it, because its server is gone. */
export async function hasWatchdog(postmasterPid: number): Promise<boolean> {
  const status = await readFile(`/proc/${postmasterPid}/status`, 'utf8').catch(() => '');
  const parent = /^PPid:\s*(\d+)$/m.exec(status)?.[1] ?? '0';
  const commandLine = await readFile(`/proc/${parent}/cmdline`, 'utf8').catch(() => '');
  return commandLine.split('\0').includes(WATCHDOG_NAME);
}
