import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Group } from '@isthmus/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../../shell/appearance.tsx';
import type { PagedList } from '../../shell/usePagedList.ts';
import { CardList } from '../../ui/data-grid/CardList.tsx';
import { DataGrid } from '../../ui/data-grid/DataGrid.tsx';
import type { GridColumn, GridSelection } from '../../ui/data-grid/gridTypes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useIsPhone } from '../../ui/useMediaQuery.ts';
import { groupState } from './groupState.tsx';
import { useGroupsSearch } from './useGroupsSearch.ts';

const useStyles = makeStyles({
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

interface GroupsListProps {
  readonly list: PagedList<'listGroups'>;
  readonly selection: GridSelection<Group>;
  readonly onSelectionChange: (selection: GridSelection<Group>) => void;
}

/** The list as a grid, or as cards on a phone, or why it is empty. */
export function GroupsList({ list, selection, onSelectionChange }: GroupsListProps) {
  const styles = useStyles();
  const { t } = useTranslation('groups');
  const phone = useIsPhone();
  const { density } = useAppearance();
  const columns = useColumns();
  const { q, filter, sort, open, change } = useGroupsSearch();
  const show = (group: Group): void => change({ open: group.id }, open !== undefined);
  if (list.total === 0) {
    return (
      <EmptyState title={t('empty.nothingMatches')}>
        <Button onClick={() => change({ q: undefined, filter: undefined })}>{t('empty.clear')}</Button>
      </EmptyState>
    );
  }
  const common = {
    label: t('title'),
    rows: {
      total: list.total,
      rowAt: list.rowAt,
      idOf: (group: Group) => group.id,
      nameOf: (group: Group) => group.name,
    },
    selection,
    onSelectionChange,
    tinted: q !== undefined,
    outdated: list.outdated,
    onRangeChange: list.onRangeChange,
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
