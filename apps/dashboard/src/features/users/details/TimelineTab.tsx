import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { TimelineEntry } from '@isthmus/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../shell/api.ts';
import { ProblemMessage } from '../../../ui/ProblemMessage.tsx';
import { RelativeTime } from '../../../ui/Time.tsx';
import { useLinkStyles } from '../../../ui/useLinkStyles.ts';
import { Waiting } from '../../../ui/Waiting.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  entry: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    paddingInlineStart: '20px',
    paddingBlockEnd: '18px',
    '::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: '4px',
      top: '6px',
      bottom: '-6px',
      width: '2px',
      backgroundColor: tokens.colorNeutralStroke2,
    },
    '::after': {
      content: '""',
      position: 'absolute',
      insetInlineStart: '0',
      top: '5px',
      width: '10px',
      height: '10px',
      borderRadius: '50%',
      backgroundColor: tokens.colorCompoundBrandBackground,
    },
  },
  quiet: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  line: { display: 'flex', gap: '8px', flexWrap: 'wrap', alignItems: 'center' },
});
const PAGE = 50;

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const styles = useStyles();
  const link = useLinkStyles();
  const { t } = useTranslation(['users', 'userPanel']);
  return (
    <li className={styles.entry}>
      <Text>{entry.sentence}</Text>
      {entry.reason !== null && <Text size={200}>{entry.reason}</Text>}
      {entry.problem !== null && (
        <Text size={200}>
          {entry.problem.message} {entry.problem.remedy}
        </Text>
      )}
      {entry.changes.map((change) => (
        <Text key={change.field} size={200} className={styles.quiet}>
          {t('userPanel:timeline.change', {
            field: change.field,
            before: change.before ?? '–',
            after: change.after ?? '–',
          })}
        </Text>
      ))}
      <span className={styles.line}>
        <Badge appearance="outline" color="informative">
          {t(`userPanel:timeline.side.${entry.side}`)}
        </Badge>
        <Text size={200} className={styles.quiet}>
          {entry.actor} · <RelativeTime instant={entry.at} />
          {entry.durationMs !== null &&
            ` · ${t('userPanel:timeline.duration', { number: (entry.durationMs / 1000).toFixed(2) })}`}
        </Text>
        {entry.jobId !== null && (
          <Link to="/activity" search={{ open: entry.jobId }} className={link}>
            {t('userPanel:timeline.job')}
          </Link>
        )}
      </span>
    </li>
  );
}

/** What happened to the person on both sides, newest first. */
export function TimelineTab({ userId }: { readonly userId: string }) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'userPanel']);
  const timeline = useInfiniteQuery({
    queryKey: ['getUserTimeline', userId],
    queryFn: ({ pageParam, signal }) =>
      api.call('getUserTimeline', { params: { id: userId }, query: { offset: pageParam, limit: PAGE } }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.items.length, 0);
      return loaded < last.total && last.items.length > 0 ? loaded : undefined;
    },
  });
  if (timeline.isPending) return <Waiting delay={200} />;
  if (timeline.isError) return <ProblemMessage error={timeline.error} onRetry={() => void timeline.refetch()} />;
  const entries = timeline.data.pages.flatMap((page) => page.items);
  if (entries.length === 0) return <Text>{t('userPanel:timeline.none')}</Text>;
  return (
    <>
      <ol className={styles.list}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {timeline.hasNextPage && (
        <Button disabledFocusable={timeline.isFetching} onClick={() => void timeline.fetchNextPage()}>
          {t('userPanel:timeline.more')}
        </Button>
      )}
    </>
  );
}
