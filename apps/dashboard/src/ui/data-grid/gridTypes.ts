import type { ReactNode } from 'react';

export interface GridColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** Least width in pixels, and its share of the space that is left. */
  readonly minWidth: number;
  readonly grow: number;
  /** Name the server sorts by; absent = cannot be sorted. */
  readonly sortKey?: string;
  /** False = shown only when it is chosen. */
  readonly shownAtFirst?: boolean;
  /** True = cannot be hidden. */
  readonly fixed?: boolean;
  render(row: Row): ReactNode;
}

/** The rows of a list whose pages arrive as they are needed. */
export interface GridRows<Row> {
  readonly total: number;
  /** Undefined while its page is on the way. */
  rowAt(index: number): Row | undefined;
  idOf(row: Row): string;
  nameOf(row: Row): string;
}

export type GridSelection<Row> =
  | { readonly kind: 'some'; readonly rows: ReadonlyMap<string, Row> }
  /** Everything that matches the filter, loaded or not. */
  | { readonly kind: 'all' };

export const nothingSelected: GridSelection<never> = { kind: 'some', rows: new Map<string, never>() };

export interface GridPosition {
  /** -1 is the header. */
  readonly row: number;
  readonly column: number;
}

export function isSelected<Row>(selection: GridSelection<Row>, id: string): boolean {
  return selection.kind === 'all' || selection.rows.has(id);
}

export function selectionCount<Row>(selection: GridSelection<Row>, total: number): number {
  return selection.kind === 'all' ? total : selection.rows.size;
}
