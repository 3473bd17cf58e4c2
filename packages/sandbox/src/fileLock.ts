import { open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;
/** A lock file younger than this may not have its owner's process id in it yet. */
const WRITING_MS = 2000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function removeIfAbandoned(path: string): Promise<void> {
  try {
    const owner = Number.parseInt(await readFile(path, 'utf8'), 10);
    const isWriting = Number.isNaN(owner) && Date.now() - (await stat(path)).mtimeMs < WRITING_MS;
    if (!isWriting && !(owner > 0 && isAlive(owner))) await rm(path, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function acquire(path: string): Promise<void> {
  for (;;) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(String(process.pid));
      await file.close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      await removeIfAbandoned(path);
      await delay(POLL_MS);
    }
  }
}

/** Runs the work while no other process of this machine holds the lock; a dead owner's lock is taken over. */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await acquire(path);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}
