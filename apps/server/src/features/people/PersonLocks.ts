/** One thing at a time for each person; who comes first is served first. */
export class PersonLocks {
  readonly #tails = new Map<string, Promise<void>>();

  /** True while somebody works on the person. */
  isHeld(userId: string): boolean {
    return this.#tails.has(userId);
  }

  async run<T>(userId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(userId);
    const { promise: mine, resolve: release } = Promise.withResolvers<void>();
    const tail = before === undefined ? mine : before.then(() => mine);
    this.#tails.set(userId, tail);
    await before;
    try {
      return await work();
    } finally {
      release();
      if (this.#tails.get(userId) === tail) this.#tails.delete(userId);
    }
  }

  /** Holds all of them; always taken in the same order, so that two callers never wait for each other. */
  async runMany<T>(userIds: readonly string[], work: () => Promise<T>): Promise<T> {
    const [first, ...rest] = [...new Set(userIds)].sort();
    return first === undefined ? work() : this.run(first, () => this.runMany(rest, work));
  }
}
