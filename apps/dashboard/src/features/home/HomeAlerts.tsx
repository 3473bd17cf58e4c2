import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Alert } from '@isthmus/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/Section.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { alertTones } from '../alerts/alertTones.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '10px' },
  detail: { color: tokens.colorNeutralForeground3 },
});
const SHOWN = 3;

export function HomeAlerts({ alerts }: { readonly alerts: readonly Alert[] }) {
  const styles = useStyles();
  const link = useLinkStyles();
  const { t } = useTranslation('home');
  const active = alerts.filter((alert) => alert.state === 'active');
  return (
    <Section
      title={t('alerts.title')}
      action={
        <Link to="/alerts" className={link}>
          {t('alerts.all')}
        </Link>
      }
    >
      {active.length === 0 && <StateLabel tone="success">{t('alerts.none')}</StateLabel>}
      <ul className={styles.list}>
        {active.slice(0, SHOWN).map((alert) => (
          <li key={alert.id}>
            <StateLabel tone={alertTones[alert.severity]}>
              <Link to="/alerts" search={{ open: alert.id }} className={link}>
                {alert.title}
              </Link>
            </StateLabel>
            <Text size={200} block className={styles.detail}>
              {alert.detail}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
