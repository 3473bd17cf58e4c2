import { Tab, TabList } from '@fluentui/react-components';
import { useNavigate, useRouterState } from '@tanstack/react-router';

interface TabNavProps {
  readonly label: string;
  readonly tabs: readonly {
    readonly to:
      | '/users'
      | '/users/online-accounts'
      | '/activity'
      | '/activity/audit'
      | '/settings'
      | '/settings/synchronization'
      | '/settings/sessions';
    readonly label: string;
  }[];
}

/** Tabs of a page; each of them is a URL. */
export function TabNav({ label, tabs }: TabNavProps) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const navigate = useNavigate();
  const chosen = tabs.find((tab) => tab.to === path)?.to ?? tabs[0]?.to;
  return (
    <TabList
      aria-label={label}
      selectedValue={chosen}
      onTabSelect={(_event, { value }) => {
        const tab = tabs.find(({ to }) => to === value);
        if (tab !== undefined) void navigate({ to: tab.to });
      }}
      style={{ flexShrink: 0, marginInlineStart: '-8px', flexWrap: 'wrap' }}
    >
      {tabs.map((tab) => (
        <Tab key={tab.to} value={tab.to}>
          {tab.label}
        </Tab>
      ))}
    </TabList>
  );
}
