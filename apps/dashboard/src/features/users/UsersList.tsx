import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { User } from '@isthmus/contracts';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../../shell/appearance.tsx';
import { usePagedList } from '../../shell/usePagedList.ts';
import { DataGrid } from '../../ui/data-grid/DataGrid.tsx';
import type { GridColumn, GridSelection } from '../../ui/data-grid/gridTypes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { useIsPhone } from '../../ui/useMediaQuery.ts';
import { onlineStateLabel, userStateLabel } from './userStates.tsx';
import type { UsersQuery } from './usersQuery.ts';
import { useUsersSearch } from './useUsersSearch.ts';

const CardList = lazy(() =>
  import('../../ui/data-grid/CardList.tsx').then((module) => ({ default: module.CardList<User> })),
);

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
  states: { display: 'flex', flexWrap: 'wrap', gap: '4px 16px' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

function UserCard({ user, onOpen }: { readonly user: User; readonly onOpen: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation('users');
  return (
    <button type="button" className={styles.card} onClick={onOpen}>
      <Text weight="semibold">
        <bdi>{user.displayName}</bdi>
      </Text>
      <Text size={200} className={styles.quiet}>
        {user.userName}
      </Text>
      <Text size={200}>{user.online?.address ?? t('online.none')}</Text>
      <span className={styles.states}>
        {userStateLabel(user, t)}
        {user.online !== null && user.online.state !== 'active' && onlineStateLabel(user.online.state, t)}
      </span>
    </button>
  );
}

interface UsersListProps {
  readonly query: UsersQuery;
  readonly columns: readonly GridColumn<User>[];
  readonly selection: GridSelection<User>;
  readonly onSelectionChange: (selection: GridSelection<User>) => void;
  readonly onOpen: (user: User) => void;
  readonly onActiveRow: (user: User) => void;
}

/** The list as a grid, or as cards on a phone, or why it is empty. */
export function UsersList({ query, columns, selection, onSelectionChange, onOpen, onActiveRow }: UsersListProps) {
  const { t } = useTranslation('users');
  const phone = useIsPhone();
  const { density } = useAppearance();
  const { q, filter, sort, open, change } = useUsersSearch();
  const list = usePagedList('listUsers', { query });
  const filtered = q !== undefined || filter !== 'all';
  const problem = list.error === null ? null : <ProblemMessage error={list.error} onRetry={list.refetch} />;
  if (list.answer === undefined) return problem ?? <LoadingScreen />;
  if (list.total === 0 && filtered) {
    return (
      <EmptyState title={t('empty.nothingMatches')}>
        <Button onClick={() => change({ q: undefined, filter: undefined })}>{t('empty.clear')}</Button>
      </EmptyState>
    );
  }
  if (list.total === 0) return <EmptyState title={t('empty.nobody')} text={t('empty.nobodyText')} />;
  const common = {
    label: t('title'),
    rows: {
      total: list.total,
      rowAt: list.rowAt,
      idOf: (user: User) => user.id,
      nameOf: (user: User) => user.displayName,
    },
    selection,
    onSelectionChange,
    onRangeChange: list.onRangeChange,
    tinted: q !== undefined,
    outdated: list.outdated,
    resetKey: `${q} ${filter} ${sort}`,
  };
  if (phone) {
    return (
      <Suspense fallback={<LoadingScreen />}>
        {problem}
        <CardList {...common} card={(user) => <UserCard user={user} onOpen={() => onOpen(user)} />} />
      </Suspense>
    );
  }
  return (
    <>
      {problem}
      <DataGrid
        {...common}
        columns={columns}
        sort={sort ?? 'displayName'}
        onSort={(next) => change({ sort: next === 'displayName' ? undefined : next })}
        onOpen={onOpen}
        onActiveRow={onActiveRow}
        openId={open}
        rowHeight={density === 'compact' ? 32 : 44}
      />
    </>
  );
}
