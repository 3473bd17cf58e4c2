/** Work for people, a few at a time; what is urgent overtakes the rest, and a person is never in it twice. */
export class WorkQueue<Work extends { readonly userId: string; readonly isUrgent: boolean }> {
  readonly #limit: number;
  readonly #handle: (work: Work) => Promise<void>;
  readonly #onIdle: () => void;
  readonly #urgent = new Map<string, Work>();
  readonly #others = new Map<string, Work>();
  readonly #running = new Map<Promise<void>, string>();
  #stopped = false;

  constructor(limit: number, handle: (work: Work) => Promise<void>, onIdle: () => void) {
    this.#limit = limit;
    this.#handle = handle;
    this.#onIdle = onIdle;
  }

  get size(): number {
    return this.#urgent.size + this.#others.size + this.#running.size;
  }

  isBusy(userId: string): boolean {
    return this.#urgent.has(userId) || this.#others.has(userId) || [...this.#running.values()].includes(userId);
  }

  /** Newer work for a person replaces what has not begun yet. */
  add(work: Work): void {
    if (this.#stopped) return;
    const wasUrgent = this.#urgent.delete(work.userId);
    this.#others.delete(work.userId);
    (work.isUrgent || wasUrgent ? this.#urgent : this.#others).set(work.userId, work);
    this.#startMore();
  }

  /** Takes out what has not begun yet. */
  clear(): readonly Work[] {
    const waiting = [...this.#urgent.values(), ...this.#others.values()];
    this.#urgent.clear();
    this.#others.clear();
    return waiting;
  }

  /** Lets what has begun end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.clear();
    await Promise.all(this.#running.keys());
  }

  #next(): Work | undefined {
    for (const waiting of [this.#urgent, this.#others]) {
      for (const [userId, work] of waiting) {
        waiting.delete(userId);
        return work;
      }
    }
    return undefined;
  }

  #startMore(): void {
    while (this.#running.size < this.#limit) {
      const work = this.#next();
      if (work === undefined) return;
      const running = this.#handle(work).finally(() => {
        this.#running.delete(running);
        this.#startMore();
        if (this.size === 0) this.#onIdle();
      });
      this.#running.set(running, work.userId);
    }
  }
}
