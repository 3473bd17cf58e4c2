import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { type Clock, DomainError, Secret } from '@isthmus/kernel';
import { z } from 'zod';
import type { SettingStore } from '../../storage/SettingStore.ts';

const SETTING = 'setup-code';
/** Without letters and digits that look alike. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const GROUPS = 3;
const GROUP_LENGTH = 4;
const WINDOW_MS = 15 * 60_000;
const FAILURES_ALLOWED = 10;
const storedSchema = z.object({ hash: z.string() });

const hashOf = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
    .digest();

/** The one-time code that proves that whoever opens the set-up page can read the server's output. */
export class SetUpCode {
  readonly #settings: SettingStore;
  readonly #clock: Clock;
  #failures: number[] = [];

  constructor(settings: SettingStore, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** A new one, which voids the one before; only its hash is stored. */
  async issue(): Promise<Secret> {
    const character = (): string => ALPHABET[randomInt(ALPHABET.length)] ?? '';
    const group = (): string => Array.from({ length: GROUP_LENGTH }, character).join('');
    const code = Array.from({ length: GROUPS }, group).join('-');
    await this.#settings.put(SETTING, { hash: hashOf(code).toString('hex') });
    return new Secret(code);
  }

  async revoke(): Promise<void> {
    await this.#settings.remove(SETTING);
  }

  /** @throws DomainError `setup.wrong-code`, `setup.too-many-attempts`, `setup.already-done` */
  async verify(code: string): Promise<void> {
    const stored = await this.#settings.find(SETTING, storedSchema);
    if (stored === undefined) throw alreadyDone();
    const now = this.#clock.now().getTime();
    this.#failures = this.#failures.filter((at) => now - at < WINDOW_MS);
    if (this.#failures.length >= FAILURES_ALLOWED) {
      throw new DomainError({
        code: 'setup.too-many-attempts',
        message: 'Too many wrong set-up codes.',
        remedy: 'Wait 15 minutes, or restart the server for a new code.',
      });
    }
    if (timingSafeEqual(hashOf(code), Buffer.from(stored.hash, 'hex'))) return;
    this.#failures.push(now);
    throw new DomainError({
      code: 'setup.wrong-code',
      message: 'This is not the set-up code.',
      remedy: 'Type the code that the server printed when it started; a restart prints a new one.',
      field: 'code',
    });
  }
}

export function alreadyDone(): DomainError {
  return new DomainError({
    code: 'setup.already-done',
    message: 'A directory is connected already; the set-up page is closed.',
    remedy: 'Sign in with an account of the directory.',
  });
}
