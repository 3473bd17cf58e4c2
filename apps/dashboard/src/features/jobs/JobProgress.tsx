import {
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  ProgressBar,
  Subtitle1,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Job } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { useMay } from '../../shell/session.ts';
import { useExport } from '../../shell/useExport.ts';
import { Facts } from '../../ui/Facts.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { JobItems } from './JobItems.tsx';
import { JobStateLabel } from './JobStateLabel.tsx';

const FirstPasswords = lazy(() =>
  import('../imports/FirstPasswords.tsx').then((module) => ({ default: module.FirstPasswords })),
);

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '14px', minHeight: 0, flexGrow: 1 },
  line: { display: 'flex', flexWrap: 'wrap', gap: '8px 16px', alignItems: 'center', flexShrink: 0 },
  inText: { textDecorationLine: 'underline' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const isOver = (job: Job): boolean => ['done', 'done-with-problems', 'failed', 'cancelled'].includes(job.state);
const finishedOf = ({ counts }: Job): number => counts.done + counts.unchanged + counts.failed;
/** The event stream tells of changes; this is for when it is interrupted. */
const POLL_MS = 5000;
const STEPS = 4;

/** Tells how far the job is, at every quarter and at the end. */
function useSpokenProgress(job: Job | undefined): void {
  const { announce } = useVoice();
  const { t } = useTranslation('jobs');
  const told = useRef(0);
  useEffect(() => {
    if (job === undefined || job.counts.total === 0) return;
    const quarter = Math.floor((finishedOf(job) / job.counts.total) * STEPS);
    if (quarter <= told.current) return;
    told.current = quarter;
    announce(t('progress.spoken', { done: finishedOf(job), total: job.counts.total }));
  }, [announce, job, t]);
}

function JobCommands({
  job,
  onRetried,
}: {
  readonly job: Job;
  readonly onRetried: ((id: string) => void) | undefined;
}) {
  const styles = useStyles();
  const { t } = useTranslation('jobs');
  const may = useMay('jobs.write');
  const cancel = useCall('cancelJob');
  const retry = useCall('retryJob');
  const queryClient = useQueryClient();
  const params = { id: job.id };
  const refresh = (): void => {
    void queryClient.invalidateQueries({ queryKey: ['getJob'] });
    void queryClient.invalidateQueries({ queryKey: ['listJobs'] });
  };
  const exportCsv = useExport();
  const error = cancel.error ?? retry.error;
  return (
    <>
      <div className={styles.line}>
        {may && job.may.cancel && (
          <Button
            disabledFocusable={cancel.isPending}
            onClick={() => cancel.mutate({ params }, { onSuccess: refresh })}
          >
            {t('cancel')}
          </Button>
        )}
        {may && job.may.retry && (
          <Button
            appearance="primary"
            disabledFocusable={retry.isPending}
            onClick={() =>
              retry.mutate(
                { params },
                {
                  onSuccess: (next) => {
                    refresh();
                    onRetried?.(next.id);
                  },
                },
              )
            }
          >
            {t('retryFailed', { count: job.counts.failed })}
          </Button>
        )}
        {isOver(job) && (
          <Button onClick={() => exportCsv('downloadJobResults', { params }, 'results.csv')}>{t('download')}</Button>
        )}
      </div>
      {error !== null && <ProblemMessage error={error} />}
    </>
  );
}

interface JobProgressProps {
  readonly jobId: string;
  readonly heading: 'h2' | 'h3';
  /** A retry is a new job; who shows this one may want to show that. */
  readonly onRetried?: (id: string) => void;
}

/** One job live: how far, for whom it worked, why not for the others, and what can be done. */
export function JobProgress({ jobId, heading, onRetried }: JobProgressProps) {
  const styles = useStyles();
  const link = useLinkStyles();
  const { t, i18n } = useTranslation('jobs');
  const { data: job, error } = useQuery({
    ...queryOf('getJob', { params: { id: jobId } }),
    refetchInterval: (query) => (query.state.data !== undefined && isOver(query.state.data) ? false : POLL_MS),
  });
  useSpokenProgress(job);
  if (error !== null) return <ProblemMessage error={error} />;
  if (job === undefined) return <Waiting />;
  const number = new Intl.NumberFormat(i18n.language);
  const { counts } = job;
  return (
    <div className={styles.all}>
      <div className={styles.line}>
        <Subtitle1 as={heading}>{job.title}</Subtitle1>
        <JobStateLabel state={job.state} />
      </div>
      {!isOver(job) && <ProgressBar aria-label={job.title} max={Math.max(1, counts.total)} value={finishedOf(job)} />}
      {job.problem !== null && (
        <MessageBar intent={isOver(job) ? 'error' : 'warning'} layout="multiline">
          <MessageBarBody>
            {job.problem.message} {job.problem.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      <Facts
        facts={[
          { id: 'done', label: t('count.done'), value: number.format(counts.done) },
          { id: 'unchanged', label: t('count.unchanged'), value: number.format(counts.unchanged) },
          { id: 'failed', label: t('count.failed'), value: number.format(counts.failed) },
          { id: 'total', label: t('count.total'), value: number.format(counts.total) },
          { id: 'by', label: t('startedBy'), value: job.startedBy },
          { id: 'at', label: t('startedAt'), value: <RelativeTime instant={job.startedAt ?? job.createdAt} /> },
        ]}
      />
      <JobCommands job={job} onRetried={onRetried} />
      {isOver(job) && job.kind.startsWith('import-') && (
        <Suspense fallback={null}>
          <FirstPasswords jobId={job.id} startedBy={job.startedBy} />
        </Suspense>
      )}
      <JobItems job={job} />
      <Text size={200} className={styles.quiet}>
        {t('alsoIn')}{' '}
        <Link to="/activity" search={{ open: job.id }} className={mergeClasses(link, styles.inText)}>
          {t('activity')}
        </Link>
      </Text>
    </div>
  );
}
