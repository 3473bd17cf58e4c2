import { makeStyles, Select } from '@fluentui/react-components';
import type { Job } from '@isthmus/contracts';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ExportButton } from '../../shell/ExportButton.tsx';
import { usePagedList } from '../../shell/usePagedList.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { MasterList } from '../../ui/MasterList.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { ShortTime } from '../../ui/Time.tsx';
import { ActivityTabs } from './ActivityTabs.tsx';
import { JobProgress } from './JobProgress.tsx';
import { JobStateLabel } from './JobStateLabel.tsx';

const useStyles = makeStyles({ bar: { display: 'flex', gap: '8px', flexWrap: 'wrap', flexShrink: 0 } });
const route = getRouteApi('/shell/activity');
const filters = ['all', 'running', 'problems'] as const;

/** Everything that takes longer than a moment, with its truth. */
export function JobsPage() {
  const styles = useStyles();
  const { t } = useTranslation('jobs');
  const { filter, open } = route.useSearch();
  const navigate = useNavigate();
  const query = filter === undefined ? {} : { filter };
  const list = usePagedList('listJobs', { query });
  const show = (id: string | undefined): void =>
    void navigate({
      to: '/activity',
      search: { ...(filter === undefined ? {} : { filter }), ...(id === undefined ? {} : { open: id }) },
    });
  const lineOf = (job: Job) => ({
    title: job.title,
    state: <JobStateLabel state={job.state} />,
    facts: [
      t('line.by', { name: job.startedBy }),
      <ShortTime key="at" instant={job.createdAt} />,
      t('line.counts', {
        done: job.counts.done + job.counts.unchanged,
        total: job.counts.total,
        count: job.counts.failed,
      }),
    ],
  });
  return (
    <SidePanel.Frame open={open !== undefined}>
      <Page title={t('title')} fills>
        <ActivityTabs />
        <div className={styles.bar}>
          <Select
            aria-label={t('filter.label')}
            value={filter ?? 'all'}
            onChange={(_event, data) => {
              const next = filters.find((known) => known === data.value);
              void navigate({ to: '/activity', search: next === undefined || next === 'all' ? {} : { filter: next } });
            }}
          >
            {filters.map((known) => (
              <option key={known} value={known}>
                {t(`filter.${known}`)}
              </option>
            ))}
          </Select>
          <ExportButton operation="exportJobs" request={{ query }} fileName="jobs.csv" />
        </div>
        {list.error !== null && <ProblemMessage error={list.error} onRetry={list.refetch} />}
        {list.answer === undefined && list.error === null && <LoadingScreen />}
        {list.answer !== undefined && list.total === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
        {list.total > 0 && (
          <MasterList label={t('list')} list={list} openId={open} onOpen={(job) => show(job.id)} lineOf={lineOf} />
        )}
      </Page>
      {open !== undefined && (
        <SidePanel label={t('details')} onClose={() => show(undefined)}>
          <JobProgress heading="h2" key={open} jobId={open} onRetried={show} />
        </SidePanel>
      )}
    </SidePanel.Frame>
  );
}
