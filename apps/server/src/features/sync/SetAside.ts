const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 30 * 60_000;

/** People for whom something failed: each waits longer every time, and nobody waits for them. */
export class SetAside {
  readonly #people = new Map<string, { attempts: number; until: number; code: string }>();

  put(userId: string, code: string, now: Date): { readonly isNews: boolean; readonly attempts: number } {
    const before = this.#people.get(userId);
    const attempts = (before?.attempts ?? 0) + 1;
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
    this.#people.set(userId, { attempts, until: now.getTime() + waitMs, code });
    return { isNews: before?.code !== code, attempts };
  }

  take(userId: string): void {
    this.#people.delete(userId);
  }

  isWaiting(userId: string, now: Date): boolean {
    return (this.#people.get(userId)?.until ?? 0) > now.getTime();
  }

  due(now: Date): readonly string[] {
    return [...this.#people].filter(([, entry]) => entry.until <= now.getTime()).map(([userId]) => userId);
  }

  /** When the next one is due. */
  nextAt(): number | undefined {
    const times = [...this.#people.values()].map((entry) => entry.until);
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
