import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  Alert20Regular,
  Cloud20Regular,
  History20Regular,
  Home20Regular,
  People20Regular,
  Settings20Regular,
} from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Count } from '../ui/Count.tsx';
import { queryOf } from './api.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  link: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: '14px',
    padding: '10px 12px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    ':hover': { backgroundColor: tokens.colorNeutralBackground3Hover, color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground3Selected,
    '::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: '2px',
      top: '10px',
      bottom: '10px',
      width: '3px',
      borderRadius: '2px',
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
  },
  text: { flexGrow: 1 },
});

export const destinations = [
  { id: 'home', to: '/', icon: Home20Regular },
  { id: 'users', to: '/users', icon: People20Regular },
  { id: 'microsoft365', to: '/microsoft365', icon: Cloud20Regular },
  { id: 'alerts', to: '/alerts', icon: Alert20Regular },
  { id: 'activity', to: '/activity', icon: History20Regular },
  { id: 'settings', to: '/settings', icon: Settings20Regular },
] as const;

/** The sections of the dashboard. Microsoft 365 stays hidden until a tenant was integrated once; Home leads there. */
export function Navigation() {
  const styles = useStyles();
  const { t } = useTranslation('shell');
  const path = useRouterState({ select: (state) => state.location.pathname });
  const integration = useQuery(queryOf('getIntegration', {})).data;
  const alerts = useQuery(queryOf('listAlerts', {})).data;
  const active = alerts?.items.filter((alert) => alert.state === 'active').length ?? 0;
  const hidden = integration === undefined || (integration.state === 'not-integrated' && integration.disabled === null);
  const shown = destinations.filter(({ id }) => id !== 'microsoft365' || !hidden);
  return (
    <nav aria-label={t('navigation.label')}>
      <ul className={styles.list}>
        {shown.map(({ id, to, icon: Icon }) => {
          const current = to === '/' ? path === '/' : path.startsWith(to);
          return (
            <li key={id}>
              <Link
                to={to}
                className={mergeClasses(styles.link, current && styles.current)}
                aria-current={current ? 'page' : undefined}
              >
                <Icon aria-hidden />
                <span className={styles.text}>{t(`navigation.${id}`)}</span>
                {id === 'alerts' && active > 0 && <Count count={active} label={t('alerts.count', { count: active })} />}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
