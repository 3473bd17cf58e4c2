import { makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { Section } from '../../ui/Section.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { JobStateLabel } from '../jobs/JobStateLabel.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '12px' },
  job: { display: 'flex', flexDirection: 'column', gap: '4px' },
  line: { display: 'flex', justifyContent: 'space-between', gap: '12px', flexWrap: 'wrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
});
const SHOWN = 5;

export function HomeJobs() {
  const styles = useStyles();
  const link = useLinkStyles();
  const { t } = useTranslation('home');
  const jobs = useQuery(queryOf('listJobs', { query: { limit: SHOWN } })).data?.items ?? [];
  return (
    <Section
      title={t('jobs.title')}
      action={
        <Link to="/activity" className={link}>
          {t('jobs.all')}
        </Link>
      }
    >
      {jobs.length === 0 && <Text className={styles.quiet}>{t('jobs.none')}</Text>}
      <ul className={styles.list}>
        {jobs.map((job) => (
          <li key={job.id} className={styles.job}>
            <div className={styles.line}>
              <Link to="/activity" search={{ open: job.id }} className={link}>
                {job.title}
              </Link>
              <JobStateLabel state={job.state} />
            </div>
            {job.state === 'running' && (
              <ProgressBar
                aria-label={job.title}
                max={Math.max(1, job.counts.total)}
                value={job.counts.done + job.counts.unchanged + job.counts.failed}
              />
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
