import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular } from '@fluentui/react-icons';
import { type Group, type GroupMember, groupFilters } from '@isthmus/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePagedList } from '../../shell/usePagedList.ts';
import { CommandBar } from '../../ui/CommandBar.tsx';
import { type GridSelection, nothingSelected } from '../../ui/data-grid/gridTypes.ts';
import { FilterBox } from '../../ui/FilterBox.tsx';
import { Freshness } from '../../ui/Freshness.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { MenuButton } from '../../ui/menu/MenuButton.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { UsersTabs } from '../users/UsersTabs.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import { GroupsList } from './GroupsList.tsx';
import type { GroupDialogTarget } from './groupDialogs.tsx';
import { useGroupCommands } from './useGroupCommands.tsx';
import { useGroupsSearch } from './useGroupsSearch.ts';

const GroupDialogs = lazy(() => import('./groupDialogs.tsx').then((module) => ({ default: module.GroupDialogs })));

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', flexShrink: 0 },
  status: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '12px',
    flexWrap: 'wrap',
    color: tokens.colorNeutralForeground3,
  },
});

function FilterBar({ counts }: { readonly counts: Readonly<Partial<Record<string, number>>> | undefined }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('groups');
  const { q, filter, change } = useGroupsSearch();
  const number = new Intl.NumberFormat(i18n.language);
  const labelOf = (name: (typeof groupFilters)[number]): string => {
    const count = counts?.[name];
    const label = t(`filter.${name}`);
    return count === undefined ? label : t('filter.withCount', { name: label, number: number.format(count) });
  };
  const onType = useCallback((typed: string) => change({ q: typed }), [change]);
  const options = groupFilters.map((name) => ({ id: name, label: labelOf(name), chosen: name === filter }));
  return (
    <div className={styles.bar}>
      <FilterBox label={t('filter.box')} value={q ?? ''} onChange={onType} />
      <MenuButton
        label={t('filter.shown', { name: labelOf(filter) })}
        button={{ icon: <ChevronDown16Regular />, iconPosition: 'after', children: labelOf(filter) }}
        content={{
          choices: {
            kind: 'one',
            options,
            onChoose: (id: string): void => change({ filter: id === 'all' ? undefined : id }, false),
          },
        }}
      />
    </div>
  );
}

/**
 * The rows are newer than what was selected: what may be done with a group changes with its link. Without a selection the
 * commands are about the group whose details are open.
 */
function chosenGroups(
  rows: readonly Group[],
  selection: GridSelection<Group>,
  open: string | undefined,
): readonly Group[] | undefined {
  if (selection.kind === 'all') return rows.length === 1 ? rows : undefined;
  const [first, ...others] = selection.rows.values();
  if (first === undefined) return rows.filter(({ id }) => id === open);
  return [rows.find(({ id }) => id === first.id) ?? first, ...others];
}

/** Groups of the directory, and the groups of the tenant that follow them. */
export function GroupsPage() {
  const styles = useStyles();
  const { t, i18n } = useTranslation(['groups', 'users']);
  const { q, filter, open, query, change } = useGroupsSearch();
  const list = usePagedList('listGroups', { query });
  const [selection, setSelection] = useState<GridSelection<Group>>(nothingSelected);
  const [dialog, setDialog] = useState<GroupDialogTarget>();
  const queryClient = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter finds other groups
  useEffect(() => setSelection(nothingSelected), [q, filter]);
  const close = useCallback(() => change({ open: undefined }), [change]);
  const { total, answer } = list;
  const commands = useGroupCommands(chosenGroups(list.readRows(), selection, open), setDialog);
  return (
    <SidePanel.Frame open={open !== undefined}>
      <Page title={t('users:title')} fills>
        <UsersTabs />
        <CommandBar label={t('commands')} commands={commands} />
        <FilterBar counts={answer?.counts} />
        {list.error !== null && <ProblemMessage error={list.error} onRetry={list.refetch} />}
        {answer === undefined && list.error === null && <LoadingScreen />}
        {answer !== undefined && <GroupsList list={list} selection={selection} onSelectionChange={setSelection} />}
        <div className={styles.status}>
          <Text size={200} role="status">
            {t('total', { count: total, number: new Intl.NumberFormat(i18n.language).format(total) })}
          </Text>
          {answer !== undefined && (
            <Freshness
              state={answer.directory}
              onRefresh={() => void queryClient.invalidateQueries({ queryKey: ['listGroups'] })}
            />
          )}
        </div>
      </Page>
      {open !== undefined && (
        <GroupPanel
          key={open}
          id={open}
          onClose={close}
          onRemoveMember={(group: Group, member: GroupMember) => setDialog({ kind: 'removeMember', group, member })}
        />
      )}
      <Suspense fallback={null}>
        {dialog !== undefined && <GroupDialogs target={dialog} onClose={() => setDialog(undefined)} />}
      </Suspense>
    </SidePanel.Frame>
  );
}
