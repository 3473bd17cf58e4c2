import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';
import { Link, useRouterState } from '@tanstack/react-router';

interface TabNavProps {
  readonly label: string;
  readonly tabs: readonly {
    readonly to:
      | '/users'
      | '/users/online-accounts'
      | '/users/groups'
      | '/activity'
      | '/activity/audit'
      | '/microsoft365'
      | '/microsoft365/synchronization'
      | '/settings'
      | '/settings/synchronization'
      | '/settings/passwords'
      | '/settings/templates'
      | '/settings/notifications'
      | '/settings/sessions';
    readonly label: string;
  }[];
}

const useStyles = makeStyles({
  tabs: { display: 'flex', flexWrap: 'wrap', flexShrink: 0, columnGap: '20px' },
  tab: {
    ...typographyStyles.body1,
    paddingBlock: '10px',
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    ':hover': { color: tokens.colorNeutralForeground1, boxShadow: `inset 0 -3px ${tokens.colorNeutralStroke1Hover}` },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  chosen: {
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
    boxShadow: `inset 0 -3px ${tokens.colorCompoundBrandStroke}`,
    ':hover': { boxShadow: `inset 0 -3px ${tokens.colorCompoundBrandStrokeHover}` },
  },
});

/** Tabs of a page. Each is an address of its own, so they are links: they open in a new window and can be kept. */
export function TabNav({ label, tabs }: TabNavProps) {
  const styles = useStyles();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const fits = (to: string): boolean => pathname === to || pathname.startsWith(`${to}/`);
  // A wizard has an address below its tab's; of two tabs that fit, the longer address is nearer.
  const chosen = tabs.map(({ to }) => to).reduce((near, to) => (fits(to) && (!fits(near) || to > near) ? to : near));
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map(({ to, label: text }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: true, includeSearch: false }}
          aria-current={to === chosen ? 'page' : undefined}
          className={mergeClasses(styles.tab, to === chosen && styles.chosen)}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
