export interface Change {
  readonly number: number;
  readonly id: string;
  readonly at: number;
}

/**
 * Which objects changed, in the order in which they changed: the source of delta queries. An object that changes again
 * is found at its last change only, so the log never becomes much longer than the collection it follows.
 */
export class ChangeLog {
  #changes: Change[] = [];
  readonly #last = new Map<string, number>();
  #number = 0;

  /** The number that the next change will get. */
  next(): number {
    return this.#number + 1;
  }

  get latest(): number {
    return this.#number;
  }

  record(id: string, at: number, number: number = this.next()): void {
    this.#number = Math.max(this.#number, number);
    this.#changes.push({ number, id, at });
    this.#last.set(id, number);
    if (this.#changes.length > 2 * this.#last.size + 1000) this.#changes = this.#changes.filter((c) => this.#isLast(c));
  }

  /** Rebuilds the log from the change numbers that the stored objects carry. */
  load(changes: readonly Omit<Change, 'at'>[]): void {
    this.clear();
    for (const change of changes.toSorted((a, b) => a.number - b.number)) this.record(change.id, 0, change.number);
  }

  clear(): void {
    this.#changes = [];
    this.#last.clear();
    this.#number = 0;
  }

  /** Last changes after a number, up to those that happened after `visibleUntil` and a lagging replica hides. */
  after(number: number, visibleUntil: number): Change[] {
    const changes: Change[] = [];
    for (let position = this.#position(number); position < this.#changes.length; position += 1) {
      const change = this.#changes[position];
      if (change === undefined || change.at > visibleUntil) break;
      if (this.#isLast(change)) changes.push(change);
    }
    return changes;
  }

  #isLast(change: Change): boolean {
    return this.#last.get(change.id) === change.number;
  }

  #position(number: number): number {
    let low = 0;
    let high = this.#changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#changes[middle]?.number ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
