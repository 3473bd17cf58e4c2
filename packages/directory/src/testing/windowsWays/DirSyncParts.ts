import { randomUUID } from 'node:crypto';
import type { LdapMessage, Tlv } from './ldapMessage.ts';
import { integer, numberOf, octets, readAll, sequence, writeAll } from './ldapMessage.ts';

export const DIR_SYNC = '1.2.840.113556.1.4.841';

interface Rest {
  readonly entries: readonly Tlv[];
  /** What the controller said at the end, with its own cookie. */
  readonly done: LdapMessage;
}

/** The cookie in a DirSync control, of a request or an answer. */
export function cookieOf(message: LdapMessage): Buffer {
  const value = message.controls.find(({ oid }) => oid === DIR_SYNC)?.value;
  const [inner] = value === undefined ? [] : readAll(value);
  return (inner === undefined ? undefined : readAll(inner.value)[2]?.value) ?? Buffer.alloc(0);
}

/** The answers of DirSync that were not told yet; a cookie of ours leads to each, over whatever connection. */
export class DirSyncParts {
  readonly #size: number;
  readonly #rests = new Map<string, Rest>();
  /** How many answers said that there is more. */
  told = 0;

  constructor(size: number) {
    this.#size = size;
  }

  take(cookie: Buffer): Rest | undefined {
    return this.#rests.get(cookie.toString('utf8'));
  }

  /** The messages of one part: all that is left, or some with the news that there is more. */
  next(id: number, { entries, done }: Rest): readonly LdapMessage[] {
    const part = entries.slice(0, this.#size).map((operation) => ({ id, operation, controls: [] }));
    if (entries.length <= this.#size) return [...part, { ...done, id }];
    this.told += 1;
    const cookie = `part-${randomUUID()}`;
    this.#rests.set(cookie, { entries: entries.slice(this.#size), done });
    const controls = done.controls.map((control) =>
      control.oid === DIR_SYNC && control.value !== undefined
        ? { ...control, value: withMore(control.value, cookie) }
        : control,
    );
    return [...part, { id, operation: done.operation, controls }];
  }
}

function withMore(value: Buffer, cookie: string): Buffer {
  const [, size] = readAll(readAll(value)[0]?.value ?? Buffer.alloc(0));
  return writeAll([sequence([integer(1), integer(numberOf(size)), octets(cookie)])]);
}
