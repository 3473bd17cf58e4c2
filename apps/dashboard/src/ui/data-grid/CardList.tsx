import { Checkbox, mergeClasses } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useGridStyles } from './gridStyles.ts';
import { type GridRows, type GridSelection, isSelected } from './gridTypes.ts';
import { useGridSelection } from './useGridSelection.ts';

interface CardListProps<Row> {
  readonly label: string;
  readonly rows: GridRows<Row>;
  readonly selection: GridSelection<Row>;
  readonly onSelectionChange: (selection: GridSelection<Row>) => void;
  readonly onRangeChange?: (first: number, last: number) => void;
  readonly tinted?: boolean;
  readonly outdated?: boolean;
  readonly resetKey?: string;
  readonly card: (row: Row, index: number) => ReactNode;
}

const ESTIMATED_HEIGHT = 104;

/** The same list for narrow screens: cards below each other instead of columns. */
export function CardList<Row>(props: CardListProps<Row>) {
  const { label, rows, selection, onSelectionChange, onRangeChange, card, resetKey } = props;
  const styles = useGridStyles();
  const { t } = useTranslation('common');
  const scroller = useRef<HTMLDivElement>(null);
  const selecting = useGridSelection(rows, selection, onSelectionChange);
  const virtualizer = useVirtualizer({
    count: rows.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_HEIGHT,
    overscan: 4,
  });
  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  useEffect(() => onRangeChange?.(startIndex, endIndex), [onRangeChange, startIndex, endIndex]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the key starts the list again
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [resetKey]);
  return (
    <div
      ref={scroller}
      className={mergeClasses(
        styles.scroller,
        props.tinted === true && styles.tinted,
        props.outdated === true && styles.outdated,
      )}
    >
      <ul
        aria-label={label}
        className={styles.list}
        style={{ height: virtualizer.getTotalSize(), position: 'relative' }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows.rowAt(index);
          const selected = row !== undefined && isSelected(selection, rows.idOf(row));
          return (
            <li
              key={index}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={rows.total}
              aria-posinset={index + 1}
              className={mergeClasses(styles.card, styles.placed, selected && styles.selected)}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row === undefined ? (
                <span className={styles.skeleton} />
              ) : (
                <>
                  <Checkbox
                    aria-label={t('grid.select', { name: rows.nameOf(row) })}
                    checked={selected}
                    onChange={() => selecting.toggle(index)}
                  />
                  {card(row, index)}
                </>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
