import { Button, Card, makeStyles, Text, Title2, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { LiveRegions } from '../../shell/liveRegions.tsx';
import { Brand } from '../../ui/Brand.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { SetupWizard } from './SetupWizard.tsx';

const useStyles = makeStyles({
  page: {
    height: '100%',
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: 'auto minmax(0, 1fr)',
    justifyItems: 'center',
    gap: '16px',
    padding: '24px 16px',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground3,
    '@media (max-width: 599px)': { padding: '12px 0 0 0' },
  },
  card: { width: '100%', maxWidth: '860px', minHeight: '420px', padding: '24px', boxSizing: 'border-box' },
  head: { display: 'flex', flexDirection: 'column', alignItems: 'center', gap: '4px', textAlign: 'center' },
});

/** Shown while no directory is connected; the code that the server printed proves who sits here. */
export function SetupPage() {
  const styles = useStyles();
  const { t } = useTranslation('setup');
  const navigate = useNavigate();
  // Asked once: while the wizard shows that it is done, the page stays.
  const { data, error, refetch } = useQuery({ ...queryOf('getSetup', {}), staleTime: Number.POSITIVE_INFINITY });
  useEffect(() => {
    document.title = `${t('page')} · Isthmus`;
  }, [t]);
  return (
    <LiveRegions>
      <main className={styles.page}>
        <div className={styles.head}>
          <Brand />
          <Title2 as="h1">{t('page')}</Title2>
        </div>
        <Card className={styles.card}>
          {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
          {data === undefined && error === null && <LoadingScreen />}
          {data?.state === 'open' && <SetupWizard />}
          {data?.state === 'done' && (
            <>
              <Text>{t('alreadyDone')}</Text>
              <div>
                <Button appearance="primary" onClick={() => void navigate({ to: '/sign-in' })}>
                  {t('signIn')}
                </Button>
              </div>
            </>
          )}
        </Card>
      </main>
    </LiveRegions>
  );
}
