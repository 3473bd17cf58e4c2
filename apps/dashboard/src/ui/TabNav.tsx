import { makeStyles, mergeClasses, tokens, typographyStyles } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';

interface TabNavProps {
  readonly label: string;
  readonly tabs: readonly {
    readonly to:
      | '/users'
      | '/users/online-accounts'
      | '/activity'
      | '/activity/audit'
      | '/microsoft365'
      | '/microsoft365/synchronization'
      | '/settings'
      | '/settings/synchronization'
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
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          activeOptions={{ exact: true, includeSearch: false }}
          inactiveProps={{ className: styles.tab }}
          activeProps={{ className: mergeClasses(styles.tab, styles.chosen) }}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
