import type { Shape } from './shapes/Shape.ts';

/** Objects that a cmdlet gives; each is made only when its page is asked for. */
export interface Rows {
  readonly count: number;
  at(index: number): Shape;
}

export const noRows: Rows = {
  count: 0,
  at: (index) => {
    throw new RangeError(`There is no row ${index}`);
  },
};

export function rowsOf<T>(items: readonly T[], present: (item: T) => Shape): Rows {
  return {
    count: items.length,
    at: (index) => {
      const item = items[index];
      if (item === undefined) throw new RangeError(`There is no row ${index}`);
      return present(item);
    },
  };
}
