import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { OnlineAccount } from '@isthmus/contracts';
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
import { onlineAccountLabel } from './onlineAccountLabel.tsx';
import { useOnlineAccountsSearch } from './useOnlineAccountsSearch.ts';

const CardList = lazy(() =>
  import('../../ui/data-grid/CardList.tsx').then((module) => ({ default: module.CardList<OnlineAccount> })),
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
});

function AccountCard({ account, onOpen }: { readonly account: OnlineAccount; readonly onOpen: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(['onlineAccounts', 'users']);
  const { t: users } = useTranslation('users');
  return (
    <button type="button" className={styles.card} onClick={onOpen}>
      <Text weight="semibold">{account.address}</Text>
      <Text size={200}>
        <bdi>{account.user?.name ?? t('list.notLinked')}</bdi>
      </Text>
      {onlineAccountLabel(account, users)}
    </button>
  );
}

interface OnlineAccountsListProps {
  readonly columns: readonly GridColumn<OnlineAccount>[];
  readonly selection: GridSelection<OnlineAccount>;
  readonly onSelectionChange: (selection: GridSelection<OnlineAccount>) => void;
}

/** The list as a grid, or as cards on a phone, or why it is empty. */
export function OnlineAccountsList({ columns, selection, onSelectionChange }: OnlineAccountsListProps) {
  const { t } = useTranslation('onlineAccounts');
  const phone = useIsPhone();
  const { density } = useAppearance();
  const { q, filter, sort, open, query, change } = useOnlineAccountsSearch();
  const list = usePagedList('listOnlineAccounts', { query });
  const filtered = q !== undefined || filter !== 'all';
  const problem = list.error === null ? null : <ProblemMessage error={list.error} onRetry={list.refetch} />;
  if (list.answer === undefined) return problem ?? <LoadingScreen />;
  if (list.total === 0 && filtered) {
    return (
      <EmptyState title={t('list.empty.nothingMatches')}>
        <Button onClick={() => change({ q: undefined, filter: undefined })}>{t('list.empty.clear')}</Button>
      </EmptyState>
    );
  }
  if (list.total === 0) return <EmptyState title={t('list.empty.none')} text={t('list.empty.noneText')} />;
  const show = (account: OnlineAccount): void => change({ open: account.id }, open !== undefined);
  const common = {
    label: t('list.title'),
    rows: {
      total: list.total,
      rowAt: list.rowAt,
      idOf: (account: OnlineAccount) => account.id,
      nameOf: (account: OnlineAccount) => account.address,
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
        <CardList {...common} card={(account) => <AccountCard account={account} onOpen={() => show(account)} />} />
      </Suspense>
    );
  }
  return (
    <>
      {problem}
      <DataGrid
        {...common}
        columns={columns}
        sort={sort ?? 'address'}
        onSort={(next) => change({ sort: next === 'address' ? undefined : next })}
        onOpen={show}
        onActiveRow={() => undefined}
        openId={open}
        rowHeight={density === 'compact' ? 32 : 44}
      />
    </>
  );
}
