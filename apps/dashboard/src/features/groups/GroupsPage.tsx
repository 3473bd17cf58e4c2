import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular } from '@fluentui/react-icons';
import { type Group, type GroupMember, groupFilters } from '@isthmus/contracts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { useAppearance } from '../../shell/appearance.tsx';
import { CommandBar } from '../../ui/CommandBar.tsx';
import { CardList } from '../../ui/data-grid/CardList.tsx';
import { DataGrid } from '../../ui/data-grid/DataGrid.tsx';
import { type GridColumn, type GridSelection, nothingSelected } from '../../ui/data-grid/gridTypes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBox } from '../../ui/FilterBox.tsx';
import { Freshness } from '../../ui/Freshness.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { MenuButton } from '../../ui/menu/MenuButton.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { useIsPhone } from '../../ui/useMediaQuery.ts';
import { UsersTabs } from '../users/UsersTabs.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import type { GroupDialogTarget } from './groupDialogs.tsx';
import { groupState } from './groupState.tsx';
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
  card: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'start',
    gap: '4px',
    minWidth: 0,
    padding: '4px 0',
    border: 'none',
    background: 'none',
    font: 'inherit',
    color: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

/** More groups than this are found with the filter. */
const MOST = 500;

function useColumns(): readonly GridColumn<Group>[] {
  const { t, i18n } = useTranslation('groups');
  return useMemo(() => {
    const number = new Intl.NumberFormat(i18n.language);
    return [
      {
        id: 'name',
        label: t('column.name'),
        minWidth: 160,
        grow: 1.2,
        sortKey: 'name',
        render: ({ name }) => <bdi>{name}</bdi>,
      },
      {
        id: 'members',
        label: t('column.members'),
        minWidth: 90,
        grow: 0.4,
        sortKey: 'members',
        render: ({ memberCount }) => number.format(memberCount),
      },
      { id: 'online', label: t('column.online'), minWidth: 200, grow: 1.2, render: (group) => groupState(group, t) },
      {
        id: 'description',
        label: t('column.description'),
        minWidth: 160,
        grow: 1.4,
        render: (group) => group.description,
      },
    ];
  }, [t, i18n.language]);
}

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

interface GroupsListProps {
  readonly groups: readonly Group[];
  readonly outdated: boolean;
  readonly selection: GridSelection<Group>;
  readonly onSelectionChange: (selection: GridSelection<Group>) => void;
}

function GroupsList({ groups, outdated, selection, onSelectionChange }: GroupsListProps) {
  const styles = useStyles();
  const { t } = useTranslation('groups');
  const phone = useIsPhone();
  const { density } = useAppearance();
  const columns = useColumns();
  const { q, filter, sort, open, change } = useGroupsSearch();
  const show = (group: Group): void => change({ open: group.id }, open !== undefined);
  if (groups.length === 0) {
    return (
      <EmptyState title={t('empty.nothingMatches')}>
        <Button onClick={() => change({ q: undefined, filter: undefined })}>{t('empty.clear')}</Button>
      </EmptyState>
    );
  }
  const common = {
    label: t('title'),
    rows: {
      total: groups.length,
      rowAt: (index: number) => groups[index],
      idOf: (group: Group) => group.id,
      nameOf: (group: Group) => group.name,
    },
    selection,
    onSelectionChange,
    tinted: q !== undefined,
    outdated,
    resetKey: `${q} ${filter} ${sort}`,
  };
  if (phone) {
    return (
      <CardList
        {...common}
        card={(group) => (
          <button type="button" className={styles.card} onClick={() => show(group)}>
            <Text weight="semibold">
              <bdi>{group.name}</bdi>
            </Text>
            {groupState(group, t)}
          </button>
        )}
      />
    );
  }
  return (
    <DataGrid
      {...common}
      columns={columns}
      sort={sort ?? 'name'}
      onSort={(next) => change({ sort: next === 'name' ? undefined : next })}
      onOpen={show}
      openId={open}
      rowHeight={density === 'compact' ? 32 : 44}
    />
  );
}

/** Groups of the directory, and the groups of the tenant that follow them. */
export function GroupsPage() {
  const styles = useStyles();
  const { t, i18n } = useTranslation(['groups', 'users']);
  const { q, filter, open, query, change } = useGroupsSearch();
  const groups = useQuery({
    ...queryOf('listGroups', { query: { ...query, limit: MOST } }),
    placeholderData: keepPreviousData,
  });
  const [selection, setSelection] = useState<GridSelection<Group>>(nothingSelected);
  const [dialog, setDialog] = useState<GroupDialogTarget>();
  const queryClient = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter finds other groups
  useEffect(() => setSelection(nothingSelected), [q, filter]);
  const close = useCallback(() => change({ open: undefined }), [change]);
  const items = groups.data?.items ?? [];
  // The rows are newer than what was selected: what may be done with a group changes with its link. Without a selection
  // the commands are about the group whose details are open.
  const isChosen = ({ id }: Group): boolean =>
    selection.kind === 'all' || selection.rows.has(id) || (selection.rows.size === 0 && id === open);
  const selected = items.filter(isChosen);
  const commands = useGroupCommands(selected, setDialog);
  const total = groups.data?.total ?? 0;
  return (
    <SidePanel.Frame open={open !== undefined}>
      <Page title={t('users:title')} fills>
        <UsersTabs />
        <CommandBar label={t('commands')} commands={commands} />
        <FilterBar counts={groups.data?.counts} />
        {groups.error !== null && <ProblemMessage error={groups.error} onRetry={() => void groups.refetch()} />}
        {groups.data === undefined && groups.error === null && <LoadingScreen />}
        {groups.data !== undefined && (
          <GroupsList
            groups={items}
            outdated={groups.isPlaceholderData}
            selection={selection}
            onSelectionChange={setSelection}
          />
        )}
        <div className={styles.status}>
          <Text size={200} role="status">
            {t('total', { count: total, number: new Intl.NumberFormat(i18n.language).format(total) })}
          </Text>
          {groups.data !== undefined && (
            <Freshness
              state={groups.data.directory}
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
