import type { ActionType } from '@isthmus/contracts';

/** Whoever asked for one person waits here for what becomes of the person. */
export class Outcomes {
  readonly #waiting = new Map<string, ((done: readonly ActionType[]) => void)[]>();

  /** What the next work for this person did; nothing when it takes longer than `patience`. */
  next(userId: string, patience: AbortSignal): Promise<readonly ActionType[]> {
    return new Promise((resolve) => {
      this.#waiting.set(userId, [...(this.#waiting.get(userId) ?? []), resolve]);
      patience.addEventListener('abort', () => resolve([]), { once: true });
    });
  }

  tell(userId: string, done: readonly ActionType[]): void {
    const waiting = this.#waiting.get(userId);
    this.#waiting.delete(userId);
    for (const resolve of waiting ?? []) resolve(done);
  }
}
