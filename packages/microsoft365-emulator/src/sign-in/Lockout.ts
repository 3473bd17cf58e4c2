import type { EmulatorClock } from '../EmulatorClock.ts';
import { sha256 } from '../secrets.ts';

interface Failures {
  count: number;
  readonly recent: string[];
  lockedUntil: number;
  lockouts: number;
}

const FAILURES_BEFORE_LOCKOUT = 10;
const FIRST_LOCKOUT_MS = 60_000;
const REMEMBERED_PASSWORDS = 3;

/** Smart lockout: ten different wrong passwords lock sign-in for a minute, then for longer each time. */
export class Lockout {
  readonly #clock: EmulatorClock;
  readonly #failures = new Map<string, Failures>();

  constructor(clock: EmulatorClock) {
    this.#clock = clock;
  }

  isLocked(userId: string): boolean {
    return (this.#failures.get(userId)?.lockedUntil ?? 0) > this.#clock.milliseconds();
  }

  /** Counts a wrong password, unless it is one of the last three wrong ones again. */
  failed(userId: string, password: string): void {
    const failures = this.#failures.get(userId) ?? { count: 0, recent: [], lockedUntil: 0, lockouts: 0 };
    this.#failures.set(userId, failures);
    const hash = sha256(password);
    if (failures.recent.includes(hash)) return;
    failures.recent.push(hash);
    if (failures.recent.length > REMEMBERED_PASSWORDS) failures.recent.shift();
    failures.count += 1;
    if (failures.count < FAILURES_BEFORE_LOCKOUT) return;
    failures.lockedUntil = this.#clock.milliseconds() + FIRST_LOCKOUT_MS * 2 ** failures.lockouts;
    failures.lockouts += 1;
  }

  succeeded(userId: string): void {
    this.#failures.delete(userId);
  }

  clear(): void {
    this.#failures.clear();
  }
}
