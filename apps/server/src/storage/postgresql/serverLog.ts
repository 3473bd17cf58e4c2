import { closeSync, openSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { DomainError } from '@isthmus/kernel';

const LONGEST_LOG = 5 * 1024 * 1024;
const TAIL = 8 * 1024;

/** Opens the log for appending; a long one becomes `log.1` first. */
export async function withServerLog<T>(file: string, use: (descriptor: number) => T): Promise<T> {
  const size = await stat(file).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > LONGEST_LOG) await rename(file, `${file}.1`);
  const descriptor = openSync(file, 'a', 0o600);
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (stats) => stats.size,
    () => 0,
  );
}

/** What was written to the log since it had the given size. */
export async function readLogSince(file: string, size: number): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const end = (await handle.stat()).size;
    const start = Math.max(Math.min(size, end), end - TAIL);
    const buffer = Buffer.alloc(end - start);
    await handle.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}

/** Says in our words why PostgreSQL did not start. */
export function serverStartError(output: string, logFile: string): DomainError {
  if (/No space left on device/i.test(output)) {
    return new DomainError({
      code: 'storage.disk-full',
      message: 'The database cannot start because the disk is full.',
      remedy: 'Free space on the disk that holds the data folder, then start again.',
    });
  }
  if (/Permission denied|wrong ownership|Operation not permitted/i.test(output)) {
    return new DomainError({
      code: 'storage.not-permitted',
      message: `The database may not use its folder: ${lastLine(output)}`,
      remedy: 'Give the data folder back to the user that runs Isthmus, with mode 0700.',
    });
  }
  return new DomainError({
    code: 'storage.database-not-started',
    message: `The database did not start: ${lastLine(output)}`,
    remedy: `Look into ${logFile}.`,
  });
}

function lastLine(output: string): string {
  const lines = output.trim().split('\n');
  return (lines.findLast((line) => /FATAL|PANIC|error|could not/i.test(line)) ?? lines.at(-1) ?? '').trim();
}

/** Another PostgreSQL seems to hold the data; it may be a dead one that was not collected yet. */
export function isLockProblem(output: string): boolean {
  return /lock file .* already exists|pre-existing shared memory block/i.test(output);
}
