import { columnVisibilityFeature, createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import type { GridColumn } from './gridTypes.ts';

const features = tableFeatures({ columnVisibilityFeature });
type Visibility = Record<string, boolean>;
const noRows: never[] = [];

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

/** Which columns are shown, remembered in this browser. The rows stay outside the table: they come page by page. */
export function useGridColumns<Row>(
  name: string,
  columns: readonly GridColumn<Row>[],
): { readonly shown: readonly GridColumn<Row>[]; readonly choices: readonly ColumnChoice[] } {
  const key = `isthmus.columns.${name}`;
  const [columnVisibility, setVisibility] = useState<Visibility>(() => ({
    ...Object.fromEntries(columns.map((column) => [column.id, column.shownAtFirst !== false])),
    ...stored(key),
  }));
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, never>();
    return columns.map((column) =>
      helper.display({ id: column.id, header: column.label, enableHiding: column.fixed !== true }),
    );
  }, [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    state: { columnVisibility },
    onColumnVisibilityChange: (change) => {
      setVisibility((before) => {
        const after = typeof change === 'function' ? change(before) : change;
        localStorage.setItem(key, JSON.stringify(after));
        return after;
      });
    },
  });
  const byId = new Map(columns.map((column) => [column.id, column]));
  const shown = table
    .getVisibleLeafColumns()
    .map((column) => byId.get(column.id))
    .filter((column) => column !== undefined);
  const choices = table
    .getAllLeafColumns()
    .filter((column) => column.getCanHide())
    .map((column) => ({
      id: column.id,
      label: byId.get(column.id)?.label ?? column.id,
      shown: column.getIsVisible(),
      toggle: () => column.toggleVisibility(),
    }));
  return { shown, choices };
}
