import { makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import type { Job, JobItem } from '@isthmus/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePagedList } from '../../shell/usePagedList.ts';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';

const useStyles = makeStyles({
  scroller: {
    overflowY: 'auto',
    flexGrow: 1,
    minHeight: '160px',
    maxHeight: '420px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, position: 'relative' },
  item: {
    position: 'absolute',
    insetInlineStart: 0,
    insetInlineEnd: 0,
    top: 0,
    padding: '8px 12px',
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
  },
  line: { display: 'flex', justifyContent: 'space-between', gap: '4px 12px', flexWrap: 'wrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: '12px', flexWrap: 'wrap' },
});

const tones: Readonly<Record<JobItem['state'], Tone>> = {
  waiting: 'neutral',
  running: 'waiting',
  done: 'success',
  unchanged: 'success',
  failed: 'danger',
  cancelled: 'neutral',
};
const filters = ['all', 'failed', 'done', 'waiting'] as const;
const ESTIMATED_HEIGHT = 58;

function Item({ item }: { readonly item: JobItem }) {
  const styles = useStyles();
  const { t } = useTranslation('jobs');
  return (
    <>
      <div className={styles.line}>
        <Text weight="semibold">{item.name}</Text>
        <StateLabel tone={tones[item.state]}>{t(`item.${item.state}`)}</StateLabel>
      </div>
      {item.address !== null && (
        <Text block size={200} className={styles.quiet}>
          {item.address}
        </Text>
      )}
      {item.problem !== null && (
        <Text block size={200}>
          {item.problem.message} {item.problem.remedy}
        </Text>
      )}
    </>
  );
}

/** What the job did for each one, however many there are. */
export function JobItems({ job }: { readonly job: Job }) {
  const styles = useStyles();
  const { t } = useTranslation('jobs');
  const [filter, setFilter] = useState<(typeof filters)[number]>('all');
  const scroller = useRef<HTMLElement>(null);
  const list = usePagedList('listJobItems', {
    params: { id: job.id },
    query: filter === 'all' ? {} : { filter },
  });
  const virtualizer = useVirtualizer({
    count: list.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_HEIGHT,
    overscan: 5,
  });
  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: 0 };
  const { onRangeChange } = list;
  useEffect(() => onRangeChange(startIndex, endIndex), [onRangeChange, startIndex, endIndex]);
  return (
    <>
      <div className={styles.head}>
        <Text weight="semibold">{t('items')}</Text>
        <Select
          size="small"
          aria-label={t('filterItems')}
          value={filter}
          onChange={(_event, data) => setFilter(filters.find((known) => known === data.value) ?? 'all')}
        >
          {filters.map((known) => (
            <option key={known} value={known}>
              {t(`itemFilter.${known}`)}
            </option>
          ))}
        </Select>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label={t('items')}>
        <ul className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const item = list.rowAt(index);
            return (
              <li
                key={index}
                ref={virtualizer.measureElement}
                data-index={index}
                className={styles.item}
                style={{ transform: `translateY(${start}px)` }}
              >
                {item !== undefined && <Item item={item} />}
              </li>
            );
          })}
        </ul>
      </section>
    </>
  );
}
