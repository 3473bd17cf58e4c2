// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid draws a few of its rows, absolutely placed, which a table cannot

import { mergeClasses } from '@fluentui/react-components';
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useStable } from '../useStable.ts';
import { GridHeader } from './GridHeader.tsx';
import { GridRow } from './GridRow.tsx';
import { moveBy } from './gridKeys.ts';
import { useGridStyles } from './gridStyles.ts';
import { type GridColumn, type GridPosition, type GridRows, type GridSelection, isSelected } from './gridTypes.ts';
import { useGridSelection } from './useGridSelection.ts';
import { useRowWindow } from './useRowWindow.ts';

export interface DataGridProps<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: GridRows<Row>;
  readonly selection: GridSelection<Row>;
  readonly onSelectionChange: (selection: GridSelection<Row>) => void;
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string) => void;
  /** Enter or click. */
  readonly onOpen?: (row: Row, index: number) => void;
  /** The focus came to another row. */
  readonly onActiveRow?: (row: Row, index: number) => void;
  readonly onRangeChange?: (first: number, last: number) => void;
  readonly openId?: string | undefined;
  /** The list is filtered: its background says so. */
  readonly tinted?: boolean;
  /** The rows belong to an earlier filter; the right ones are on the way. */
  readonly outdated?: boolean;
  readonly rowHeight?: number;
  /** The list starts again at its top when this changes. */
  readonly resetKey?: string;
  readonly children?: ReactNode;
}

const focusCell = (scroller: HTMLElement | null, { row, column }: GridPosition): void =>
  scroller?.querySelector<HTMLElement>(`[data-cell="${row},${column}"]`)?.focus({ preventScroll: true });

/** Rows a little beyond those in sight, for the next turn of the wheel. */
const BEYOND = 6;

/** The row with the focus stays mounted, however far the list is scrolled. */
function drawnRows(seen: { first: number; last: number }, total: number, activeRow: number): readonly number[] {
  const first = Math.max(0, seen.first - BEYOND);
  const end = Math.min(total, seen.last + BEYOND + 1);
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  if (activeRow < 0 || (activeRow >= first && activeRow < end)) return indexes;
  return activeRow < first ? [activeRow, ...indexes] : [...indexes, activeRow];
}

/** A grid of any length that draws only what is seen: one tab stop, moved by the keys of the ARIA grid pattern. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, rows, selection, onSelectionChange, onOpen, onActiveRow, onRangeChange } = props;
  const { rowHeight = 44, resetKey } = props;
  const styles = useGridStyles();
  const { t } = useTranslation('common');
  const scroller = useRef<HTMLDivElement>(null);
  const focusWanted = useRef(false);
  const [active, setActive] = useState<GridPosition>({ row: 0, column: 1 });
  const selecting = useGridSelection(rows, selection, onSelectionChange);
  const template = ['44px', ...columns.map(({ minWidth, grow }) => `minmax(${minWidth}px, ${grow}fr)`)].join(' ');
  const minWidth = columns.reduce((sum, column) => sum + column.minWidth, 44);
  const activeRow = Math.min(active.row, rows.total - 1);

  const seen = useRowWindow({ scroller, count: rows.total, rowHeight });
  const drawn = drawnRows(seen, rows.total, activeRow);

  useEffect(() => onRangeChange?.(seen.first, seen.last), [onRangeChange, seen.first, seen.last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the key starts the list again
  useEffect(() => {
    setActive({ row: 0, column: 1 });
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [resetKey]);
  useLayoutEffect(() => {
    if (!focusWanted.current) return;
    focusWanted.current = false;
    focusCell(scroller.current, active);
  }, [active]);

  const moveTo = (next: GridPosition): void => {
    focusWanted.current = true;
    setActive(next);
    if (next.row >= 0) seen.scrollTo(next.row);
    const row = next.row === activeRow ? undefined : rows.rowAt(next.row);
    if (row !== undefined) onActiveRow?.(row, next.row);
  };
  const act = (event: KeyboardEvent): boolean => {
    if (event.key === 'a' && event.ctrlKey) {
      onSelectionChange({ kind: 'all' });
      return true;
    }
    const row = rows.rowAt(active.row);
    if (active.row < 0 || row === undefined) return false;
    if (event.key === ' ') selecting.toggle(active.row);
    else if (event.key === 'Enter' || event.key === 'F2') onOpen?.(row, active.row);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') return;
    const page = Math.max(1, seen.last - seen.first - 1);
    const next = moveBy(active, event, { rows: rows.total, columns: columns.length + 1, page });
    if (next !== undefined) {
      if (event.shiftKey && next.row !== active.row && next.row >= 0) selecting.extend(active.row, next.row);
      moveTo(next);
    } else if (!act(event)) return;
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent): void => {
    // The focus also comes by other ways than our keys: a click, a screen reader, a touch.
    const [row, column] = (event.target.closest<HTMLElement>('[data-cell]')?.dataset['cell'] ?? '')
      .split(',')
      .map(Number);
    if (row === undefined || column === undefined) return;
    if (row !== active.row || column !== active.column) setActive({ row, column });
  };
  const onToggle = useStable((index: number): void => {
    setActive({ row: index, column: 0 });
    selecting.toggle(index);
  });
  const onRowClick = useStable((event: MouseEvent, row: Row | undefined, index: number, column: number): void => {
    setActive({ row: index, column });
    focusCell(scroller.current, { row: index, column });
    if (row === undefined) return;
    if (event.ctrlKey) selecting.toggle(index);
    else if (event.shiftKey) selecting.extend(active.row, index);
    else onOpen?.(row, index);
  });
  const some = selection.kind === 'some' && selection.rows.size > 0;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.total + 1}
      aria-multiselectable="true"
      aria-busy={props.outdated === true}
      className={mergeClasses(styles.scroller, props.tinted === true && styles.tinted)}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <div role="rowgroup" className={styles.head} style={{ minWidth }}>
        <GridHeader
          label={label}
          columns={columns}
          template={template}
          active={{ ...active, row: Math.min(active.row, rows.total - 1) }}
          sort={props.sort}
          onSort={props.onSort}
          checked={some ? 'mixed' : selection.kind === 'all'}
          onToggleAll={selecting.toggleAll}
        />
      </div>
      <div
        role="rowgroup"
        className={mergeClasses(props.outdated === true && styles.outdated)}
        style={{ height: rows.total * rowHeight, position: 'relative', minWidth }}
      >
        {drawn.map((index) => {
          const row = rows.rowAt(index);
          const id = row === undefined ? undefined : rows.idOf(row);
          return (
            <GridRow
              key={index}
              index={index}
              row={row}
              selectLabel={t('grid.select', { name: row === undefined ? '' : rows.nameOf(row) })}
              columns={columns}
              template={template}
              height={rowHeight}
              top={index * rowHeight}
              selected={id !== undefined && isSelected(selection, id)}
              open={id !== undefined && id === props.openId}
              activeColumn={index === activeRow ? active.column : undefined}
              onToggle={onToggle}
              onClick={onRowClick}
            />
          );
        })}
      </div>
    </div>
  );
}
