import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { HomeAlerts } from './HomeAlerts.tsx';
import { HomeHealth } from './HomeHealth.tsx';
import { HomeJobs } from './HomeJobs.tsx';
import { QuickStatus } from './QuickStatus.tsx';
import { isSetUp, SetupTasks } from './SetupTasks.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
    '@media (max-width: 1099px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, minWidth: 0 },
});

/** Set-up tasks first; as soon as everything is set up, the quick status takes their place. */
export function HomePage() {
  const styles = useStyles();
  const { t } = useTranslation('home');
  const { data: home, error, refetch } = useQuery(queryOf('getHome', {}));
  const done = home !== undefined && isSetUp(home.tasks);
  return (
    <Page title={t('title')}>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {home === undefined && error === null && <LoadingScreen />}
      {home !== undefined && (
        <div className={mergeClasses(styles.columns)}>
          <div className={styles.column}>
            {done && <QuickStatus counts={home.counts} />}
            <SetupTasks tasks={home.tasks} />
            {!done && <QuickStatus counts={home.counts} />}
            <HomeJobs />
          </div>
          <div className={styles.column}>
            <HomeHealth health={home.health} />
            <HomeAlerts alerts={home.alerts} />
          </div>
        </div>
      )}
    </Page>
  );
}
