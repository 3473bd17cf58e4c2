import { Button, makeStyles, Subtitle1, Text } from '@fluentui/react-components';
import type { Alert } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { ExportButton } from '../../shell/ExportButton.tsx';
import { useMay } from '../../shell/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { MasterList } from '../../ui/MasterList.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { RelativeTime, ShortTime } from '../../ui/Time.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { alertTones } from './alertTones.ts';

const useStyles = makeStyles({
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
  details: { display: 'flex', flexDirection: 'column', gap: '14px' },
});
const route = getRouteApi('/shell/alerts');

function AlertState({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation('alerts');
  if (alert.state !== 'active') return <StateLabel tone="neutral">{t(`state.${alert.state}`)}</StateLabel>;
  return <StateLabel tone={alertTones[alert.severity]}>{t(`severity.${alert.severity}`)}</StateLabel>;
}

function AlertDetails({ alert }: { readonly alert: Alert }) {
  const styles = useStyles();
  const link = useLinkStyles();
  const { t } = useTranslation('alerts');
  const may = useMay('alerts.write');
  const queryClient = useQueryClient();
  const ignore = useCall('ignoreAlert');
  const enable = useCall('enableAlert');
  const request = { params: { id: alert.id } };
  const onSuccess = (): void => {
    void queryClient.invalidateQueries({ queryKey: ['listAlerts'] });
    void queryClient.invalidateQueries({ queryKey: ['getHome'] });
  };
  const subject =
    alert.code.startsWith('domains.') && alert.subject !== null ? (
      <Link to="/microsoft365/domains/$name" params={{ name: alert.subject }} className={link}>
        {alert.subject}
      </Link>
    ) : alert.subjectUserId === null || alert.code.startsWith('subscription.') ? (
      alert.subject
    ) : (
      <Link
        to={alert.code.startsWith('groups.') ? '/users/groups' : '/users'}
        search={{ open: alert.subjectUserId }}
        className={link}
      >
        {alert.subject}
      </Link>
    );
  const facts: Fact[] = [
    { id: 'meaning', label: t('fact.meaning'), value: alert.detail },
    { id: 'remedy', label: t('fact.remedy'), value: alert.remedy ?? t('noRemedy') },
    { id: 'subject', label: t('fact.subject'), value: subject ?? '–' },
    { id: 'since', label: t('fact.since'), value: <RelativeTime instant={alert.since} /> },
    { id: 'code', label: t('fact.code'), value: alert.code },
  ];
  const error = ignore.error ?? enable.error;
  return (
    <div className={styles.details}>
      <Subtitle1 as="h2">{alert.title}</Subtitle1>
      <AlertState alert={alert} />
      <Facts facts={facts} />
      {error !== null && <ProblemMessage error={error} />}
      <div className={styles.actions}>
        {may && alert.state === 'active' && (
          <Button disabledFocusable={ignore.isPending} onClick={() => ignore.mutate(request, { onSuccess })}>
            {t('ignore')}
          </Button>
        )}
        {may && alert.state === 'ignored' && (
          <Button disabledFocusable={enable.isPending} onClick={() => enable.mutate(request, { onSuccess })}>
            {t('enable')}
          </Button>
        )}
      </div>
      {alert.state === 'ignored' && <Text size={200}>{t('ignoredHint')}</Text>}
    </div>
  );
}

/** What needs a person, worst first; ignored alerts stay listed. */
export function AlertsPage() {
  const styles = useStyles();
  const { t } = useTranslation('alerts');
  const { open } = route.useSearch();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(queryOf('listAlerts', {}));
  const chosen = data?.items.find((alert) => alert.id === open);
  const close = useCallback(() => void navigate({ to: '/alerts', search: {} }), [navigate]);
  return (
    <SidePanel.Frame open={chosen !== undefined}>
      <Page title={t('title')} fills>
        {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <LoadingScreen />}
        {data?.items.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
        {data !== undefined && data.items.length > 0 && (
          <div className={styles.actions}>
            <ExportButton operation="exportAlerts" request={{}} fileName="alerts.csv" />
          </div>
        )}
        {data !== undefined && data.items.length > 0 && (
          <MasterList
            label={t('list')}
            list={{ total: data.items.length, rowAt: (index) => data.items[index] }}
            openId={open}
            onOpen={(alert) => void navigate({ to: '/alerts', search: { open: alert.id } })}
            lineOf={(alert) => ({
              title: alert.title,
              state: <AlertState alert={alert} />,
              facts: [alert.detail, <ShortTime key="since" instant={alert.since} />],
            })}
          />
        )}
      </Page>
      {chosen !== undefined && (
        <SidePanel label={t('details')} onClose={close}>
          <AlertDetails key={chosen.id} alert={chosen} />
        </SidePanel>
      )}
    </SidePanel.Frame>
  );
}
