import type { ListChange } from './ListChange.ts';

export type BoundValue = string | number | boolean | null | ListChange | readonly string[];

/** A cmdlet's parameters after they were checked against its table. */
export class BoundParameters {
  readonly #values: ReadonlyMap<string, BoundValue>;

  constructor(values: ReadonlyMap<string, BoundValue>) {
    this.#values = values;
  }

  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The value whatever it is; undefined when the parameter was not given. */
  value(name: string): BoundValue | undefined {
    return this.#values.get(name);
  }

  /** A text; empty ones and null count as not given. */
  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** A switch; undefined when it was not given. */
  flag(name: string): boolean | undefined {
    const value = this.#values.get(name);
    return typeof value === 'boolean' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#values.get(name);
    return typeof value === 'number' ? value : undefined;
  }

  choices(name: string): readonly string[] | undefined {
    const value = this.#values.get(name);
    return isTexts(value) ? value : undefined;
  }

  list(name: string): ListChange | undefined {
    const value = this.#values.get(name);
    return typeof value === 'object' && value !== null && !isTexts(value) ? value : undefined;
  }
}

function isTexts(value: BoundValue | undefined): value is readonly string[] {
  return Array.isArray(value);
}
