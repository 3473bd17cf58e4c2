import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseUserId, type UserId } from '@isthmus/kernel';
import { demandPrivate, replaceFile } from '@isthmus/sealing';
import { z } from 'zod';

/** One captured password as it is handed over. */
export interface SealedPassword {
  readonly userId: UserId;
  /** ISO time of the change. */
  readonly changedAt: string;
  /** FILETIME of the change in decimal, by the clock of the domain controller. */
  readonly version: string;
  /** Base64, sealed for the server. */
  readonly sealed: string;
}

const schema = z.object({
  userId: z.guid().transform(parseUserId),
  changedAt: z.iso.datetime(),
  version: z.string().regex(/^\d+$/),
  sealed: z.base64(),
});

/**
 * What was captured and not yet accepted by the server, one file a person, sealed: only the last password of each.
 * It is on disk before the position moves on, so that neither a crash here nor an hour without the server loses any.
 */
export class Outbox {
  readonly #folder: string;
  readonly #versions: Map<UserId, string>;

  /** Writing and removing a file takes turns: else an old answer could remove the file of a new password. */
  #turn: Promise<void> = Promise.resolve();

  private constructor(folder: string, versions: Map<UserId, string>) {
    this.#folder = folder;
    this.#versions = versions;
  }

  /** `damaged` counts files that cannot be read; what was in them has to be taken from the directory again. */
  static async open(stateFolder: string): Promise<{ outbox: Outbox; damaged: number }> {
    const folder = join(stateFolder, 'outbox');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await demandPrivate(stateFolder);
    const versions = new Map<UserId, string>();
    const names = await readdir(folder);
    let damaged = 0;
    for (const name of names) {
      const item = name.endsWith('.json') ? await readItem(join(folder, name)) : undefined;
      if (item !== undefined) versions.set(item.userId, item.version);
      else await rm(join(folder, name));
      if (item === undefined && name.endsWith('.json')) damaged += 1;
    }
    return { outbox: new Outbox(folder, versions), damaged };
  }

  get size(): number {
    return this.#versions.size;
  }

  /** People whose password waits, in the order it was captured. */
  get waiting(): readonly UserId[] {
    return [...this.#versions.keys()];
  }

  /** What is put last is what the domain controller holds, whatever its clock said. */
  put(item: SealedPassword): Promise<void> {
    return this.#inTurn(async () => {
      await replaceFile(this.#fileOf(item.userId), JSON.stringify(item));
      this.#versions.set(item.userId, item.version);
    });
  }

  async find(userId: UserId): Promise<SealedPassword | undefined> {
    return this.#versions.has(userId) ? readItem(this.#fileOf(userId)) : undefined;
  }

  /** Lets the others go first. */
  defer(userId: UserId): void {
    const version = this.#versions.get(userId);
    if (version === undefined || !this.#versions.delete(userId)) return;
    this.#versions.set(userId, version);
  }

  /** Drops what was accepted, unless a newer password came in meanwhile; without a version, whatever there is. */
  remove(userId: UserId, version?: string): Promise<void> {
    return this.#inTurn(async () => {
      if (version !== undefined && this.#versions.get(userId) !== version) return;
      this.#versions.delete(userId);
      await rm(this.#fileOf(userId), { force: true });
    });
  }

  async clear(): Promise<void> {
    for (const userId of this.waiting) await this.remove(userId);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #fileOf(userId: UserId): string {
    return join(this.#folder, `${userId}.json`);
  }
}

async function readItem(file: string): Promise<SealedPassword | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
