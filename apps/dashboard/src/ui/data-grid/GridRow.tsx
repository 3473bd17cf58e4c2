// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid draws a few of its rows, absolutely placed, which a table cannot

import { mergeClasses } from '@fluentui/react-components';
import { type MouseEvent, memo } from 'react';
import { useGridStyles } from './gridStyles.ts';
import type { GridColumn } from './gridTypes.ts';

interface GridRowProps<Row> {
  readonly index: number;
  readonly row: Row | undefined;
  /** What the checkbox is called. */
  readonly selectLabel: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly template: string;
  readonly height: number;
  readonly top: number;
  readonly selected: boolean;
  readonly open: boolean;
  /** Column that holds the tab stop, when it is in this row. */
  readonly activeColumn: number | undefined;
  readonly onToggle: (index: number) => void;
  readonly onClick: (event: MouseEvent, row: Row | undefined, index: number, column: number) => void;
}

function PlainGridRow<Row>(props: GridRowProps<Row>) {
  const { index, row, selectLabel, columns, template, height, top, selected, open, activeColumn, onToggle, onClick } =
    props;
  const styles = useGridStyles();
  const cellProps = (column: number) => ({
    role: 'gridcell',
    tabIndex: activeColumn === column ? 0 : -1,
    'data-cell': `${index},${column}`,
  });
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={mergeClasses(styles.row, styles.placed, open && styles.open, selected && styles.selected)}
      style={{ gridTemplateColumns: template, height, lineHeight: `${height}px`, transform: `translateY(${top}px)` }}
    >
      <div {...cellProps(0)} className={styles.check}>
        {/* Fluent's own checkbox costs more than the rest of the row together. */}
        <input
          type="checkbox"
          className={styles.checkbox}
          tabIndex={-1}
          aria-label={selectLabel}
          checked={selected}
          disabled={row === undefined}
          onChange={() => onToggle(index)}
        />
      </div>
      {columns.map((column, position) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the grid handles the keys
        <div
          key={column.id}
          {...cellProps(position + 1)}
          className={styles.cell}
          onClick={(event) => onClick(event, row, index, position + 1)}
        >
          {row === undefined ? <span className={styles.skeleton} /> : column.render(row)}
        </div>
      ))}
    </div>
  );
}

/** Scrolling draws only the rows that come into sight again. */
export const GridRow = memo(PlainGridRow) as typeof PlainGridRow;
