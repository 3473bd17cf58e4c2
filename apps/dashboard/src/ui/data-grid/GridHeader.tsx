// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid draws a few of its rows, absolutely placed, which a table cannot

import { ArrowDown16Regular, ArrowUp16Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { useGridStyles, useSortButtonStyles } from './gridStyles.ts';
import type { GridColumn, GridPosition } from './gridTypes.ts';

interface GridHeaderProps<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly template: string;
  readonly active: GridPosition;
  readonly sort: string | undefined;
  readonly onSort: ((sort: string) => void) | undefined;
  readonly checked: boolean | 'mixed';
  readonly onToggleAll: () => void;
}

const directions = { up: 'ascending', down: 'descending', none: 'none' } as const;

export function GridHeader<Row>(props: GridHeaderProps<Row>) {
  const { label, columns, template, active, sort, onSort, checked, onToggleAll } = props;
  const styles = useGridStyles();
  const sortButton = useSortButtonStyles();
  const { t } = useTranslation('common');
  const tabIndexOf = (column: number): number => (active.row === -1 && active.column === column ? 0 : -1);
  const directionOf = (key: string): keyof typeof directions => {
    if (sort === key) return 'up';
    return sort === `-${key}` ? 'down' : 'none';
  };
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={1}
      className={styles.headRow}
      style={{ gridTemplateColumns: template }}
    >
      <div role="columnheader" tabIndex={-1} className={styles.check}>
        <input
          ref={(box) => {
            // The third state has no attribute.
            if (box !== null) box.indeterminate = checked === 'mixed';
          }}
          type="checkbox"
          className={styles.checkbox}
          aria-label={t('grid.selectAll', { list: label })}
          checked={checked === true}
          onChange={onToggleAll}
          tabIndex={tabIndexOf(0)}
          data-cell="-1,0"
        />
      </div>
      {columns.map((column, index) => {
        const direction = column.sortKey === undefined ? 'none' : directionOf(column.sortKey);
        const focusable = { tabIndex: tabIndexOf(index + 1), 'data-cell': `-1,${index + 1}` };
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus, or the spread makes it focusable
          <div
            key={column.id}
            role="columnheader"
            aria-sort={column.sortKey === undefined ? undefined : directions[direction]}
            className={styles.headCell}
            {...(column.sortKey === undefined ? focusable : { tabIndex: -1 })}
          >
            {column.sortKey === undefined ? (
              <span className={styles.content}>{column.label}</span>
            ) : (
              <button
                type="button"
                className={sortButton}
                onClick={() => onSort?.(direction === 'up' ? `-${column.sortKey}` : `${column.sortKey}`)}
                {...focusable}
              >
                <span className={styles.content}>{column.label}</span>
                {direction === 'up' && <ArrowUp16Regular aria-hidden />}
                {direction === 'down' && <ArrowDown16Regular aria-hidden />}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
