import {
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '@isthmus/kernel';
import * as z from 'zod';

/** One change: collection, id, and the whole new value (`null` when it was removed). */
export type JournalEntry = readonly [collection: string, id: string, value: object | null];

const entrySchema = z.tuple([z.string(), z.string(), z.record(z.string(), z.unknown()).nullable()]);
const lineSchema = z.object({ n: z.number(), e: z.array(entrySchema) });

const COMPACT_AFTER_BYTES = 64 * 1024 * 1024;
const SYNC_WITHIN_MS = 200;

/**
 * State on disk as a snapshot and a log of what changed since. A transaction is one line, written before it is
 * acknowledged: a killed process loses nothing that it acknowledged, and a torn last line is a transaction that was
 * not acknowledged. Only a power cut can lose the last 200 ms, as the log is forced to the disk in the background.
 */
export class Journal {
  readonly #snapshotPath: string;
  readonly #logPath: string;
  #log = -1;
  #bytes = 0;
  #number = 0;
  #syncTimer: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#snapshotPath = join(folder, 'snapshot.ndjson');
    this.#logPath = join(folder, 'journal.ndjson');
  }

  /** Reads back everything, oldest change first. Call `compact` before the first `append`: the log may end torn. */
  replay(replay: (entry: JournalEntry) => void): void {
    const snapshotNumber = this.#read(this.#snapshotPath, -1, replay);
    this.#number = Math.max(0, snapshotNumber, this.#read(this.#logPath, snapshotNumber, replay));
  }

  append(entries: readonly JournalEntry[]): void {
    if (this.#log < 0 || entries.length === 0) return;
    this.#number += 1;
    const line = Buffer.from(`${JSON.stringify({ n: this.#number, e: entries })}\n`);
    writeFully(this.#log, line);
    this.#bytes += line.length;
    this.#syncTimer ??= setTimeout(() => this.#syncInBackground(), SYNC_WITHIN_MS).unref();
  }

  get wantsCompaction(): boolean {
    return this.#bytes > COMPACT_AFTER_BYTES;
  }

  /** Replaces snapshot and log by a snapshot of the given values; each step leaves something that can be read. */
  compact(entries: Iterable<JournalEntry>): void {
    const partial = `${this.#snapshotPath}.partial`;
    const file = openSync(partial, 'w', 0o600);
    try {
      for (const entry of entries)
        writeFully(file, Buffer.from(`${JSON.stringify({ n: this.#number, e: [entry] })}\n`));
      writeFully(file, Buffer.from(`${JSON.stringify({ n: this.#number, e: [] })}\n`));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, this.#snapshotPath);
    if (this.#log >= 0) closeSync(this.#log);
    this.#log = openSync(this.#logPath, 'w', 0o600);
    this.#bytes = 0;
  }

  close(): void {
    if (this.#log < 0) return;
    clearTimeout(this.#syncTimer);
    fsyncSync(this.#log);
    closeSync(this.#log);
    this.#log = -1;
  }

  #syncInBackground(): void {
    this.#syncTimer = undefined;
    // A log that was replaced meanwhile is closed; the snapshot that replaced it was synced.
    if (this.#log >= 0) fsync(this.#log, () => undefined);
  }

  #read(path: string, after: number, replay: (entry: JournalEntry) => void): number {
    if (!existsSync(path)) return after;
    const lines = readFileSync(path, 'utf8').split('\n');
    let last = after;
    for (const [position, text] of lines.entries()) {
      if (text === '') continue;
      const line = this.#parse(text, position >= lines.length - 2, path);
      if (line === undefined) break;
      if (line.n <= after) continue;
      for (const entry of line.e) replay(entry);
      last = line.n;
    }
    return last;
  }

  #parse(text: string, isLast: boolean, path: string): z.infer<typeof lineSchema> | undefined {
    try {
      return lineSchema.parse(JSON.parse(text));
    } catch (cause) {
      if (isLast) return undefined;
      throw new DomainError({
        code: 'emulator.state-unreadable',
        message: `The emulator's state in ${path} is damaged.`,
        remedy: 'Delete the state folder to start with an empty tenant.',
        cause,
      });
    }
  }
}

function writeFully(file: number, bytes: Buffer): void {
  let offset = 0;
  while (offset < bytes.length) offset += writeSync(file, bytes, offset);
}
