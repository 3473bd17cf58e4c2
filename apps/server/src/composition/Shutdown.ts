import type { Logger } from '@isthmus/kernel';

/** What was started, so that it can be stopped in the reverse order, also when a later part fails to start. */
export class Shutdown {
  readonly #logger: Logger;
  readonly #steps: { readonly name: string; readonly stop: () => Promise<unknown> }[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(name: string, stop: () => Promise<unknown>): void {
    this.#steps.push({ name, stop });
  }

  /** Stops everything; a part that fails to stop does not keep the others running. */
  async run(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step.stop();
      } catch (error) {
        this.#logger.error({ error, part: step.name }, 'a part did not stop cleanly');
      }
    }
  }
}
