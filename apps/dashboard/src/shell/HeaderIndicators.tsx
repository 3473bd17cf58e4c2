import { Button, makeStyles, Tooltip } from '@fluentui/react-components';
import { Alert20Regular, History20Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { BusyIcon } from '../ui/BusyIcon.tsx';
import { Count } from '../ui/Count.tsx';
import { queryOf } from './api.ts';

const useStyles = makeStyles({
  badge: { position: 'absolute', top: '2px', insetInlineEnd: '0', pointerEvents: 'none' },
  place: { position: 'relative', display: 'inline-flex' },
});

/** How many jobs run now; Activity has the truth. */
export function JobsButton() {
  const styles = useStyles();
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const running = useQuery(queryOf('listJobs', { query: { filter: 'running', limit: 1 } })).data?.total ?? 0;
  const label = running === 0 ? t('jobs.none') : t('jobs.running', { count: running });
  return (
    <span className={styles.place}>
      <Tooltip content={label} relationship="label">
        <Button
          appearance="subtle"
          icon={running > 0 ? <BusyIcon /> : <History20Regular />}
          onClick={() => void navigate({ to: '/activity' })}
        />
      </Tooltip>
      {running > 0 && <Count className={styles.badge} count={running} />}
    </span>
  );
}

/** Worst severity and number of the alerts that nobody ignored. */
export function AlertsButton() {
  const styles = useStyles();
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const items = useQuery(queryOf('listAlerts', {})).data?.items ?? [];
  const active = items.filter((alert) => alert.state === 'active');
  const critical = active.some((alert) => alert.severity === 'critical');
  const severity = critical ? 'critical' : 'other';
  const label = active.length === 0 ? t('alerts.none') : t(`alerts.active.${severity}`, { count: active.length });
  return (
    <span className={styles.place}>
      <Tooltip content={label} relationship="label">
        <Button appearance="subtle" icon={<Alert20Regular />} onClick={() => void navigate({ to: '/alerts' })} />
      </Tooltip>
      {active.length > 0 && <Count className={styles.badge} count={active.length} danger={critical} />}
    </span>
  );
}
