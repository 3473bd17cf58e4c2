import { useState } from 'react';
import type { GridRows, GridSelection } from './gridTypes.ts';

interface Selecting {
  toggle(index: number): void;
  /** Adds everything between the anchor and the index. */
  extend(from: number, to: number): void;
  toggleAll(): void;
}

/** The ways to change a selection by rows; `all` can be reduced row by row only while every row is loaded. */
export function useGridSelection<Row>(
  rows: GridRows<Row>,
  selection: GridSelection<Row>,
  onChange: (next: GridSelection<Row>) => void,
): Selecting {
  const [anchor, setAnchor] = useState(0);
  const explicit = (): Map<string, Row> => {
    if (selection.kind === 'some') return new Map(selection.rows);
    const loaded = new Map<string, Row>();
    for (let index = 0; index < rows.total; index += 1) {
      const row = rows.rowAt(index);
      if (row === undefined) return new Map();
      loaded.set(rows.idOf(row), row);
    }
    return loaded;
  };
  return {
    toggle: (index) => {
      const row = rows.rowAt(index);
      if (row === undefined) return;
      const next = explicit();
      const id = rows.idOf(row);
      if (!next.delete(id)) next.set(id, row);
      setAnchor(index);
      onChange({ kind: 'some', rows: next });
    },
    extend: (from, to) => {
      const start = selection.kind === 'some' && selection.rows.size > 0 ? anchor : from;
      if (start === from) setAnchor(from);
      const next = explicit();
      for (let index = Math.min(start, to); index <= Math.max(start, to); index += 1) {
        const row = rows.rowAt(index);
        if (row !== undefined) next.set(rows.idOf(row), row);
      }
      onChange({ kind: 'some', rows: next });
    },
    toggleAll: () => onChange(selection.kind === 'all' ? { kind: 'some', rows: new Map() } : { kind: 'all' }),
  };
}
