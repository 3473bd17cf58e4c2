import {
  closeSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '@isthmus/kernel';
import * as z from 'zod';
import { readLines } from './readLines.ts';

/** One change: collection, id, and the whole new value (`null` when it was removed). */
export type JournalEntry = readonly [collection: string, id: string, value: object | null];

// Values are taken as they are: they are read by the program that wrote them, and a hundred thousand have to load fast.
const valueSchema = z.custom<object | null>((value) => typeof value === 'object');
const lineSchema = z.object({ n: z.number(), e: z.array(z.tuple([z.string(), z.string(), valueSchema])) });

const COMPACT_AFTER_BYTES = 64 * 1024 * 1024;
// A start reads the log anyway: rewriting the snapshot pays only when the log is a good part of the whole.
const COMPACT_AT_START_SHARE = 0.25;
const WRITE_BYTES = 1024 * 1024;
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
  #snapshotBytes = 0;
  #number = 0;
  #syncTimer: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#snapshotPath = join(folder, 'snapshot.ndjson');
    this.#logPath = join(folder, 'journal.ndjson');
  }

  /** Reads back everything, oldest change first, and makes ready for `append`. */
  replay(replay: (entry: JournalEntry) => void): void {
    const snapshot = this.#read(this.#snapshotPath, -1, replay);
    const log = this.#read(this.#logPath, snapshot.number, replay);
    this.#number = Math.max(0, log.number);
    this.#snapshotBytes = snapshot.bytes;
    this.#bytes = log.bytes;
    this.#log = openSync(this.#logPath, 'a', 0o600);
    // Cuts a torn line off, which the next one would otherwise be glued to.
    if (statSync(this.#logPath).size > log.bytes) ftruncateSync(this.#log, log.bytes);
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

  get wantsCompactionAtStart(): boolean {
    return this.#bytes > this.#snapshotBytes * COMPACT_AT_START_SHARE;
  }

  /** Replaces snapshot and log by a snapshot of the given values; each step leaves something that can be read. */
  compact(entries: Iterable<JournalEntry>): void {
    const partial = `${this.#snapshotPath}.partial`;
    const file = openSync(partial, 'w', 0o600);
    try {
      this.#snapshotBytes = this.#writeSnapshot(file, entries);
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

  #writeSnapshot(file: number, entries: Iterable<JournalEntry>): number {
    let bytes = 0;
    let text = '';
    const flush = (): void => {
      const buffer = Buffer.from(text);
      writeFully(file, buffer);
      bytes += buffer.length;
      text = '';
    };
    for (const entry of entries) {
      text += `${JSON.stringify({ n: this.#number, e: [entry] })}\n`;
      if (text.length > WRITE_BYTES) flush();
    }
    text += `${JSON.stringify({ n: this.#number, e: [] })}\n`;
    flush();
    return bytes;
  }

  #syncInBackground(): void {
    this.#syncTimer = undefined;
    // A log that was replaced meanwhile is closed; the snapshot that replaced it was synced.
    if (this.#log >= 0) fsync(this.#log, () => undefined);
  }

  #read(path: string, after: number, replay: (entry: JournalEntry) => void): { number: number; bytes: number } {
    let last = { number: after, bytes: 0 };
    let damage: Error | undefined;
    for (const { text, end } of readLines(path)) {
      if (damage !== undefined) throw damaged(path, damage);
      const line = text === '' ? undefined : parse(text);
      // The last line may be torn; one that others follow may not.
      if (line instanceof Error) damage = line;
      if (line === undefined || line instanceof Error) continue;
      if (line.n > after) for (const entry of line.e) replay(entry);
      last = { number: Math.max(last.number, line.n), bytes: end };
    }
    return last;
  }
}

function parse(text: string): z.infer<typeof lineSchema> | Error {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch (error) {
    return error instanceof Error ? error : new TypeError(String(error));
  }
}

function damaged(path: string, cause: unknown): DomainError {
  return new DomainError({
    code: 'emulator.state-unreadable',
    message: `The emulator's state in ${path} is damaged.`,
    remedy: 'Delete the state folder to start with an empty tenant.',
    cause,
  });
}

function writeFully(file: number, bytes: Buffer): void {
  let offset = 0;
  while (offset < bytes.length) offset += writeSync(file, bytes, offset);
}
