import { makeResetStyles, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

const useRowStyles = makeResetStyles({
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'stretch',
  gap: '2px',
  width: '100%',
  padding: '10px 14px',
  boxSizing: 'border-box',
  border: 'none',
  borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  background: 'none',
  color: tokens.colorNeutralForeground1,
  font: 'inherit',
  textAlign: 'start',
  cursor: 'pointer',
  ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
  ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
});

const useStyles = makeStyles({
  scroller: {
    position: 'relative',
    overflowY: 'auto',
    flexGrow: 1,
    flexBasis: 0,
    minHeight: '200px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, position: 'relative' },
  item: { position: 'absolute', top: 0, insetInlineStart: 0, insetInlineEnd: 0 },
  open: { backgroundColor: tokens.colorNeutralBackground1Selected },
  line: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '4px 12px',
    flexWrap: 'wrap',
    overflowWrap: 'anywhere',
  },
  facts: { display: 'flex', gap: '2px 16px', flexWrap: 'wrap', color: tokens.colorNeutralForeground3 },
});

export interface ListLine {
  readonly title: string;
  readonly state: ReactNode;
  readonly facts: readonly ReactNode[];
}

interface MasterListProps<Row extends { readonly id: string }> {
  readonly label: string;
  readonly list: {
    readonly total: number;
    rowAt(index: number): Row | undefined;
    readonly onRangeChange?: (first: number, last: number) => void;
  };
  readonly openId: string | undefined;
  readonly onOpen: (row: Row) => void;
  readonly lineOf: (row: Row) => ListLine;
}

const ESTIMATED_HEIGHT = 62;

/** A list of any length whose lines open details beside it; the arrow keys move between the lines. */
export function MasterList<Row extends { readonly id: string }>(props: MasterListProps<Row>) {
  const { label, list, openId, onOpen, lineOf } = props;
  const styles = useStyles();
  const rowClass = useRowStyles();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: list.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_HEIGHT,
    overscan: 8,
  });
  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  const { onRangeChange } = list;
  useEffect(() => onRangeChange?.(startIndex, endIndex), [onRangeChange, startIndex, endIndex]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const current = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset['index'];
    if (step === undefined || current === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(list.total - 1, Number(current) + step));
    virtualizer.scrollToIndex(next);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"] button`)?.focus({ preventScroll: true }),
    );
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens to what its buttons do not use
    <div ref={scroller} className={styles.scroller} onKeyDown={onKeyDown}>
      <ul className={styles.list} aria-label={label} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = list.rowAt(index);
          const line = row === undefined ? undefined : lineOf(row);
          return (
            <li
              key={index}
              ref={virtualizer.measureElement}
              data-index={index}
              className={styles.item}
              style={{ transform: `translateY(${start}px)` }}
            >
              {row !== undefined && line !== undefined && (
                <button
                  type="button"
                  className={mergeClasses(rowClass, row.id === openId && styles.open)}
                  aria-current={row.id === openId ? 'true' : undefined}
                  onClick={() => onOpen(row)}
                >
                  <span className={styles.line}>
                    <Text weight="semibold">{line.title}</Text>
                    {line.state}
                  </span>
                  <span className={styles.facts}>
                    {line.facts.map((fact, position) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a line keep their places
                      <Text key={position} size={200}>
                        {fact}
                      </Text>
                    ))}
                  </span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
