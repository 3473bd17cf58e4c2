import type { Platform } from '../../composition/Platform.ts';

export interface LastPass {
  readonly at: Date;
  readonly durationMs: number;
  readonly actions: number;
  readonly failed: number;
}

/** A pass begins with the first round that has somebody to look at and ends when the last worker is through. */
export class PassLog {
  readonly #platform: Platform;
  #running: { startedAt: Date; start: number; looked: number; actions: number; failed: number } | undefined;
  #waiting: (() => void)[] = [];
  last: LastPass | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  begin(): void {
    this.#running ??= {
      startedAt: this.#platform.clock.now(),
      start: performance.now(),
      looked: 0,
      actions: 0,
      failed: 0,
    };
  }

  roundDone(looked = 0): void {
    if (this.#running !== undefined) this.#running.looked += looked;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves after the next round. */
  nextRound(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  note(counts: { readonly actions: number; readonly failed: number }): void {
    if (this.#running === undefined) return;
    this.#running.actions += counts.actions;
    this.#running.failed += counts.failed;
  }

  end(): void {
    const pass = this.#running;
    if (pass === undefined) return;
    this.#running = undefined;
    const { startedAt, start, looked, actions, failed } = pass;
    const durationMs = Math.round((performance.now() - start) * 10) / 10;
    this.last = { at: startedAt, durationMs, actions, failed };
    this.#platform.logger[actions + failed > 0 ? 'info' : 'debug'](
      { looked, actions, failed, durationMs },
      'sync pass',
    );
    // A look that found nothing to do is no news for a screen.
    if (actions + failed > 0) this.#platform.events.publish({ topic: 'sync' });
  }
}
