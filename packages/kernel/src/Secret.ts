import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/**
 * A value that must not be shown: every accidental way to text (template, JSON, console, logger) gives `[secret]`.
 * `reveal()` is the only way to the value; keep its result in a local variable.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
