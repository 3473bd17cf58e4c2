import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@isthmus/kernel';
import { createFileOnce } from '@isthmus/sealing';

const OTHERS = 0o077;
const START_TIME_FIELD = 19;

/** When a process started, in clock ticks since boot: with its number, it names a process for ever. */
async function startTimeOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[START_TIME_FIELD];
}

async function isAlive(pid: number, startTime: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return ((await startTimeOf(pid)) ?? '') === startTime;
}

/** Everything the server keeps: database, keys, certificates, log. Closed to everybody else; one server at a time. */
export class DataFolder {
  readonly path: string;
  readonly #lockFile: string;

  private constructor(path: string) {
    this.path = path;
    this.#lockFile = join(path, 'server.pid');
  }

  /** @throws DomainError when it cannot be made, is open to others, or a server uses it */
  static async open(path: string): Promise<DataFolder> {
    await DataFolder.check(path);
    const folder = new DataFolder(path);
    await folder.#lock();
    return folder;
  }

  /** Makes it if need be, and refuses one that others can look into. */
  static async check(path: string): Promise<void> {
    await mkdir(path, { recursive: true, mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
      throw new DomainError({
        code: cause.code === 'ENOSPC' ? 'storage.disk-full' : 'config.data-folder-unusable',
        message: `The data folder ${path} cannot be made: ${cause.message}`,
        remedy: 'Set dataFolder to a place where this user may write, or make it and give it to this user.',
        cause,
      });
    });
    const found = await stat(path);
    if (process.getuid !== undefined && found.uid !== process.getuid()) {
      throw new DomainError({
        code: 'config.data-folder-of-another',
        message: `The data folder ${path} belongs to another user (uid ${found.uid}).`,
        remedy: `Start as that user, or run: chown -R ${process.getuid()} ${path}`,
      });
    }
    if ((found.mode & OTHERS) !== 0) {
      throw new DomainError({
        code: 'config.data-folder-exposed',
        message: `Other users of this machine can look into the data folder ${path} (mode ${(found.mode & 0o777).toString(8)}).`,
        remedy: `Run: chmod 700 ${path}`,
      });
    }
  }

  at(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  async release(): Promise<void> {
    await rm(this.#lockFile, { force: true });
  }

  async #lock(): Promise<void> {
    const mine = `${process.pid} ${(await startTimeOf(process.pid)) ?? ''}`;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await createFileOnce(this.#lockFile, mine);
      const holder = await readFile(this.#lockFile, 'utf8').catch(() => '');
      if (holder === mine) return;
      const [pid, startTime = ''] = holder.split(' ');
      if (await isAlive(Number(pid), startTime)) throw this.#inUse(pid ?? '');
      await rm(this.#lockFile, { force: true });
    }
    throw this.#inUse('unknown');
  }

  #inUse(pid: string): DomainError {
    return new DomainError({
      code: 'config.data-folder-in-use',
      message: `Another Isthmus server (process ${pid}) uses the data folder ${this.path}.`,
      remedy: 'End it first, or give this one a data folder of its own.',
    });
  }
}
