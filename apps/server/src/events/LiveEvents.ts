import type { LiveEvent } from '@isthmus/contracts';

/** Tells open screens what to read again. Losing an event is harmless: screens read everything after a reconnect. */
export class LiveEvents {
  readonly #listeners = new Set<(event: LiveEvent) => void>();

  publish(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** @returns the function that ends the subscription */
  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
