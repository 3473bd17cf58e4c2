import type { Notice } from '@isthmus/contracts';

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 30 * 60_000;

export interface SetAsidePerson {
  readonly userId: string;
  readonly name: string;
  readonly attempts: number;
  readonly nextAt: Date;
  readonly problem: Notice;
}

/** People for whom something failed: each waits longer every time, and nobody waits for them. */
export class SetAside {
  readonly #people = new Map<string, SetAsidePerson>();

  put(
    person: { readonly userId: string; readonly name: string },
    problem: Notice,
    now: Date,
  ): { readonly isNews: boolean; readonly attempts: number } {
    const { userId, name } = person;
    const before = this.#people.get(userId);
    const attempts = (before?.attempts ?? 0) + 1;
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
    this.#people.set(userId, { userId, name, attempts, nextAt: new Date(now.getTime() + waitMs), problem });
    return { isNews: before?.problem.code !== problem.code, attempts };
  }

  take(userId: string): void {
    this.#people.delete(userId);
  }

  find(userId: string): SetAsidePerson | undefined {
    return this.#people.get(userId);
  }

  list(): readonly SetAsidePerson[] {
    return [...this.#people.values()];
  }

  isWaiting(userId: string, now: Date): boolean {
    const found = this.#people.get(userId);
    return found !== undefined && found.nextAt > now;
  }

  due(now: Date): readonly string[] {
    return this.list()
      .filter(({ nextAt }) => nextAt <= now)
      .map(({ userId }) => userId);
  }

  /** When the next one is due. */
  nextAt(): number | undefined {
    const times = this.list().map(({ nextAt }) => nextAt.getTime());
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
