import { useState } from 'react';
import type { GridColumn } from './gridTypes.ts';

type Visibility = Readonly<Record<string, boolean>>;

function stored(name: string): Visibility {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Visibility) : {};
  } catch {
    return {};
  }
}

export interface ColumnChoice {
  readonly id: string;
  readonly label: string;
  readonly shown: boolean;
  toggle(): void;
}

/** Which columns are shown, remembered in this browser. */
export function useGridColumns<Row>(
  name: string,
  columns: readonly GridColumn<Row>[],
): { readonly shown: readonly GridColumn<Row>[]; readonly choices: readonly ColumnChoice[] } {
  const key = `isthmus.columns.${name}`;
  const [chosen, setChosen] = useState<Visibility>(() => stored(key));
  const isShown = (column: GridColumn<Row>): boolean =>
    column.fixed === true || (chosen[column.id] ?? column.shownAtFirst !== false);
  const choices = columns
    .filter((column) => column.fixed !== true)
    .map((column) => ({
      id: column.id,
      label: column.label,
      shown: isShown(column),
      toggle: () => {
        const next = { ...chosen, [column.id]: !isShown(column) };
        localStorage.setItem(key, JSON.stringify(next));
        setChosen(next);
      },
    }));
  return { shown: columns.filter(isShown), choices };
}
