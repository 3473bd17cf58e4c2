import { appendFile, readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '@isthmus/kernel';

const POLL_MS = 50;
const LONGEST_END_MS = 30_000;
const START_TIME_FIELD = 19;

/** A process id can be given to another program; together with the time of its start it cannot. */
async function startTimeOf(pid: string): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[START_TIME_FIELD];
}

/** Remembers a process of ours, for the start after a sandbox that was killed. */
export async function recordProcess(file: string, pid: number): Promise<void> {
  await appendFile(file, `${pid} ${await startTimeOf(String(pid))}\n`, { mode: 0o600 });
}

/**
 * The parts of a killed sandbox end by themselves, but not at once: their ports and folders are free only when they
 * have ended.
 */
export async function waitForLeftovers(file: string, longestMs = LONGEST_END_MS): Promise<void> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).trim().split('\n');
  const giveUpAt = Date.now() + longestMs;
  for (const [pid = '', startTime = ''] of lines.map((line) => line.split(' '))) {
    while (pid !== '' && (await startTimeOf(pid)) === startTime) {
      if (Date.now() > giveUpAt) throw stillThere(pid);
      await delay(POLL_MS);
    }
  }
  await rm(file, { force: true });
}

function stillThere(pid: string): DomainError {
  return new DomainError({
    code: 'sandbox.leftover',
    message: `Process ${pid} of the last sandbox does not end.`,
    remedy: `End it with: kill -9 ${pid}`,
  });
}
