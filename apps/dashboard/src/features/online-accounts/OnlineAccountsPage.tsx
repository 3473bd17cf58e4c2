import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ColumnTriple20Regular } from '@fluentui/react-icons';
import { type OnlineAccount, onlineAccountFilters } from '@isthmus/contracts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { useExport } from '../../shell/useExport.ts';
import { firstPageOf } from '../../shell/usePagedList.ts';
import { CommandBar } from '../../ui/CommandBar.tsx';
import { type GridSelection, nothingSelected, selectionCount } from '../../ui/data-grid/gridTypes.ts';
import { type ColumnChoice, useGridColumns } from '../../ui/data-grid/useGridColumns.ts';
import { FilterBox } from '../../ui/FilterBox.tsx';
import { Freshness } from '../../ui/Freshness.tsx';
import { MenuButton } from '../../ui/menu/MenuButton.tsx';
import { Page } from '../../ui/Page.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { useIsPhone } from '../../ui/useMediaQuery.ts';
import type { UserDialogTarget } from '../users/dialogs/userDialogKinds.ts';
import { UsersTabs } from '../users/UsersTabs.tsx';
import type { AssignTarget } from './AssignPicker.tsx';
import { OnlineAccountPanel } from './OnlineAccountPanel.tsx';
import { OnlineAccountsList } from './OnlineAccountsList.tsx';
import { useOnlineAccountColumns } from './useOnlineAccountColumns.tsx';
import { type AccountCommand, useOnlineAccountCommands } from './useOnlineAccountCommands.tsx';
import { useOnlineAccountsSearch } from './useOnlineAccountsSearch.ts';

const AssignDialog = lazy(() => import('./AssignDialog.tsx').then((module) => ({ default: module.AssignDialog })));
const UserDialog = lazy(() =>
  import('../users/dialogs/UserDialog.tsx').then((module) => ({ default: module.UserDialog })),
);

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', flexShrink: 0 },
  end: { marginInlineStart: 'auto' },
  status: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '12px',
    flexWrap: 'wrap',
    color: tokens.colorNeutralForeground3,
  },
});

interface FilterBarProps {
  readonly counts: Readonly<Partial<Record<string, number>>> | undefined;
  readonly columns: readonly ColumnChoice[];
}

function FilterBar({ counts, columns }: FilterBarProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('onlineAccounts');
  const phone = useIsPhone();
  const { q, filter, change } = useOnlineAccountsSearch();
  const number = new Intl.NumberFormat(i18n.language);
  const labelOf = (name: (typeof onlineAccountFilters)[number]): string => {
    const count = counts?.[name];
    const label = t(`list.filter.${name}`);
    return count === undefined ? label : t('list.filter.withCount', { name: label, number: number.format(count) });
  };
  const onType = useCallback((typed: string) => change({ q: typed }), [change]);
  const options = onlineAccountFilters.map((name) => ({ id: name, label: labelOf(name), chosen: name === filter }));
  const onFilter = (id: string): void => change({ filter: id === 'all' ? undefined : id }, false);
  const columnOptions = columns.map(({ id, label, shown }) => ({ id, label, chosen: shown }));
  const onColumn = (id: string): void => columns.find((column) => column.id === id)?.toggle();
  return (
    <div className={styles.bar}>
      <FilterBox label={t('list.filter.box')} value={q ?? ''} onChange={onType} />
      <MenuButton
        label={t('list.filter.shown', { name: labelOf(filter) })}
        button={{ icon: <ChevronDown16Regular />, iconPosition: 'after', children: labelOf(filter) }}
        content={{ choices: { kind: 'one', options, onChoose: onFilter } }}
      />
      {!phone && (
        <MenuButton
          label={t('list.columns')}
          button={{
            className: styles.end,
            appearance: 'subtle',
            icon: <ColumnTriple20Regular />,
            children: t('list.columns'),
          }}
          content={{ choices: { kind: 'several', options: columnOptions, onChoose: onColumn } }}
        />
      )}
    </div>
  );
}

/** Opens the dialog of the Users page for the people who have the accounts, and for accounts that nobody has. */
function useAccountDialog() {
  const queryClient = useQueryClient();
  const { notify } = useVoice();
  const { t } = useTranslation('common');
  const [target, setTarget] = useState<UserDialogTarget>();
  const open = async (kind: AccountCommand, accounts: readonly OnlineAccount[]): Promise<void> => {
    const ids = accounts.map(({ user }) => user?.id).filter((id) => id !== undefined);
    const accountIds = accounts.filter(({ user }) => user === null).map(({ id }) => id);
    const [only] = accounts.length === 1 ? accounts : [];
    const user =
      only?.user == null
        ? undefined
        : await queryClient.fetchQuery(queryOf('getUser', { params: { id: only.user.id } }));
    const account = only?.user === null ? only : undefined;
    setTarget({ kind, selection: { ids }, accountIds, user, account, count: accounts.length });
  };
  return {
    target,
    setTarget,
    open: (kind: AccountCommand, accounts: readonly OnlineAccount[]): void => {
      open(kind, accounts).catch((error: unknown) =>
        notify('error', error instanceof Error ? error.message : t('problem.unexpected')),
      );
    },
  };
}

/** Every account of the tenant, linked to a user or not. */
export function OnlineAccountsPage() {
  const styles = useStyles();
  const { t, i18n } = useTranslation(['onlineAccounts', 'users']);
  const { q, filter, open, query, change } = useOnlineAccountsSearch();
  const first = useQuery({ ...firstPageOf('listOnlineAccounts', { query }), placeholderData: keepPreviousData });
  const total = first.data?.total ?? 0;
  const columns = useGridColumns('online-accounts', useOnlineAccountColumns());
  const [selection, setSelection] = useState<GridSelection<OnlineAccount>>(nothingSelected);
  const [assigning, setAssigning] = useState<AssignTarget>();
  const dialog = useAccountDialog();
  const exportCsv = useExport();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const close = useCallback(() => change({ open: undefined }), [change]);
  const commands = useOnlineAccountCommands({
    selection,
    onAssign: (account) => setAssigning({ account }),
    onMatch: () => void navigate({ to: '/users/online-accounts/match' }),
    onExport: () => exportCsv('exportOnlineAccounts', { query }, 'online-accounts.csv'),
    onCommand: dialog.open,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter finds other accounts
  useEffect(() => setSelection(nothingSelected), [q, filter]);
  const number = new Intl.NumberFormat(i18n.language);
  const chosen = selectionCount(selection, total);
  return (
    <SidePanel.Frame open={open !== undefined}>
      <Page title={t('users:title')} fills>
        <UsersTabs />
        <CommandBar label={t('list.commands')} commands={commands} />
        <FilterBar counts={first.data?.counts} columns={columns.choices} />
        <OnlineAccountsList columns={columns.shown} selection={selection} onSelectionChange={setSelection} />
        <div className={styles.status}>
          <Text size={200} role="status">
            {t('list.status.total', { count: total, number: number.format(total) })}
            {chosen > 0 && ` · ${t('list.status.selected', { count: chosen, number: number.format(chosen) })}`}
          </Text>
          {first.data !== undefined && (
            <Freshness
              state={first.data.online}
              onRefresh={() => void queryClient.invalidateQueries({ queryKey: ['listOnlineAccounts'] })}
            />
          )}
        </div>
      </Page>
      {open !== undefined && <OnlineAccountPanel key={open} id={open} onClose={close} />}
      <Suspense fallback={null}>
        {assigning !== undefined && <AssignDialog target={assigning} onClose={() => setAssigning(undefined)} />}
        {dialog.target !== undefined && (
          <UserDialog target={dialog.target} onClose={() => dialog.setTarget(undefined)} onInstead={dialog.setTarget} />
        )}
      </Suspense>
      <Outlet />
    </SidePanel.Frame>
  );
}
