/** Calls at most once in a while for a key: at once, and after the pause again if asked meanwhile. */
export class Throttled {
  readonly #pauseMs: number;
  readonly #action: (key: string) => void;
  readonly #waiting = new Map<string, { again: boolean; timer: NodeJS.Timeout }>();

  constructor(pauseMs: number, action: (key: string) => void) {
    this.#pauseMs = pauseMs;
    this.#action = action;
  }

  call(key: string): void {
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) {
      waiting.again = true;
      return;
    }
    this.#action(key);
    const timer = setTimeout(() => this.#pauseEnded(key), this.#pauseMs);
    timer.unref();
    this.#waiting.set(key, { again: false, timer });
  }

  clear(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #pauseEnded(key: string): void {
    const again = this.#waiting.get(key)?.again === true;
    this.#waiting.delete(key);
    if (again) this.call(key);
  }
}
