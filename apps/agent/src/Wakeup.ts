/** A pause that somebody else can end early; a call that comes before the pause ends the next one. */
export class Wakeup {
  #called = false;
  #end: (() => void) | undefined;

  wake(): void {
    this.#called = true;
    this.#end?.();
  }

  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#called && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, milliseconds);
        signal.addEventListener('abort', end, { once: true });
        this.#end = end;
      });
    }
    this.#end = undefined;
    this.#called = false;
  }
}
