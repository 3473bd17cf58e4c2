// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid draws a few of its rows, absolutely placed, which a table cannot

import { Checkbox, mergeClasses } from '@fluentui/react-components';
import type { CSSProperties, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useGridStyles } from './gridStyles.ts';
import type { GridColumn } from './gridTypes.ts';

interface GridRowProps<Row> {
  readonly index: number;
  readonly row: Row | undefined;
  readonly name: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly style: CSSProperties;
  readonly selected: boolean;
  readonly open: boolean;
  /** Column that holds the tab stop, when it is in this row. */
  readonly activeColumn: number | undefined;
  readonly onToggle: () => void;
  readonly onClick: (event: MouseEvent, column: number) => void;
}

export function GridRow<Row>(props: GridRowProps<Row>) {
  const { index, row, name, columns, style, selected, open, activeColumn, onToggle, onClick } = props;
  const styles = useGridStyles();
  const { t } = useTranslation('common');
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
      style={style}
    >
      <div {...cellProps(0)} className={mergeClasses(styles.cell, styles.check)}>
        <Checkbox
          tabIndex={-1}
          aria-label={t('grid.select', { name })}
          checked={selected}
          disabled={row === undefined}
          onChange={onToggle}
        />
      </div>
      {columns.map((column, position) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the grid handles the keys
        <div
          key={column.id}
          {...cellProps(position + 1)}
          className={styles.cell}
          onClick={(event) => onClick(event, position + 1)}
        >
          {row === undefined ? (
            <span className={styles.skeleton} />
          ) : (
            <span className={styles.content}>{column.render(row)}</span>
          )}
        </div>
      ))}
    </div>
  );
}
