import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { User } from '@isthmus/contracts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadTexts } from '../../shell/i18n.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { useExport } from '../../shell/useExport.ts';
import { firstPageOf } from '../../shell/usePagedList.ts';
import { CommandBar } from '../../ui/CommandBar.tsx';
import { type GridSelection, nothingSelected, selectionCount } from '../../ui/data-grid/gridTypes.ts';
import { useGridColumns } from '../../ui/data-grid/useGridColumns.ts';
import { Freshness } from '../../ui/Freshness.tsx';
import { Page } from '../../ui/Page.tsx';
import type { UserDialogKind, UserDialogTarget } from './dialogs/userDialogKinds.ts';
import { UsersFilterBar } from './UsersFilterBar.tsx';
import { UsersList } from './UsersList.tsx';
import { UsersTabs } from './UsersTabs.tsx';
import { UsersWithoutAccount } from './UsersWithoutAccount.tsx';
import { useUserColumns } from './useUserColumns.tsx';
import { useUserCommands } from './useUserCommands.tsx';
import { useUsersSearch } from './useUsersSearch.ts';

const UserPanel = lazy(async () => {
  const [module] = await Promise.all([import('./details/UserPanel.tsx'), loadTexts(['userPanel'])]);
  return { default: module.UserPanel };
});
const UserDialog = lazy(async () => {
  const [module] = await Promise.all([import('./dialogs/UserDialog.tsx'), loadTexts(['userDialogs', 'plans', 'jobs'])]);
  return { default: module.UserDialog };
});

const useStyles = makeStyles({
  frame: {
    flexGrow: 1,
    minHeight: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr)',
  },
  withPanel: {
    flexGrow: 1,
    minHeight: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(340px, 440px)',
    gridTemplateRows: 'minmax(0, 1fr)',
    '@media (max-width: 899px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  page: { minWidth: 0, minHeight: 0, display: 'flex', flexDirection: 'column' },
  status: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '12px',
    flexWrap: 'wrap',
    color: tokens.colorNeutralForeground3,
  },
});
/** While the arrow keys rest on a row for so long, the open panel follows. */
const FOLLOW_MS = 150;

/** Opens, follows and closes the panel; closing gives the focus back to the row. */
function usePanel() {
  const { open, change } = useUsersSearch();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    show: (user: User) => change({ open: user.id }, open !== undefined),
    follow: (user: User) => {
      if (open === undefined) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => change({ open: user.id }), FOLLOW_MS);
    },
    close: () => {
      change({ open: undefined, tab: undefined });
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('[role=grid] [role=gridcell][tabindex="0"]')?.focus(),
      );
    },
  };
}

export function UsersPage() {
  const styles = useStyles();
  const { t, i18n } = useTranslation('users');
  const { announce } = useVoice();
  const exportCsv = useExport();
  const { q, filter, open, query } = useUsersSearch();
  // The list reads the other pages itself, so that scrolling draws nothing but rows.
  const first = useQuery({ ...firstPageOf('listUsers', { query }), placeholderData: keepPreviousData });
  const total = first.data?.total ?? 0;
  const columns = useGridColumns('users', useUserColumns());
  const [selection, setSelection] = useState<GridSelection<User>>(nothingSelected);
  const [dialog, setDialog] = useState<UserDialogTarget>();
  const panel = usePanel();
  const queryClient = useQueryClient();
  const refresh = (): void => void queryClient.invalidateQueries({ queryKey: ['listUsers'] });
  const number = new Intl.NumberFormat(i18n.language);
  const everybody = first.data?.counts[filter] ?? total;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter finds other people
  useEffect(() => setSelection(nothingSelected), [q, filter]);
  const select = (next: GridSelection<User>): void => {
    setSelection(next);
    const count = selectionCount(next, total);
    announce(
      t(next.kind === 'all' ? 'status.allSelected' : 'status.selected', { count, number: number.format(count) }),
    );
  };
  const openDialog = (kind: UserDialogKind, person?: User): void => {
    if (person !== undefined) setDialog({ kind, selection: { ids: [person.id] }, user: person, count: 1 });
    else if (selection.kind === 'all') {
      const all = { all: true as const, filter, ...(q === undefined ? {} : { q }) };
      setDialog({ kind, selection: all, user: undefined, count: total });
    } else {
      const [first] = selection.rows.values();
      const user = selection.rows.size === 1 ? first : undefined;
      setDialog({ kind, selection: { ids: [...selection.rows.keys()] }, user, count: selection.rows.size });
    }
  };
  const onExport = (): void => exportCsv('exportUsers', { query }, 'users.csv');
  const commands = useUserCommands({ selection, onDialog: openDialog, onExport });
  const chosen = selectionCount(selection, total);
  return (
    <div className={open === undefined ? styles.frame : styles.withPanel}>
      <div className={styles.page}>
        <Page title={t('title')} fills>
          <UsersTabs />
          <UsersWithoutAccount count={first.data?.counts['without-online-account'] ?? 0} />
          <CommandBar label={t('commands')} commands={commands} />
          <UsersFilterBar counts={first.data?.counts} columns={columns.choices} />
          <UsersList
            query={query}
            columns={columns.shown}
            selection={selection}
            onSelectionChange={select}
            onOpen={panel.show}
            onActiveRow={panel.follow}
          />
          <div className={styles.status}>
            <Text size={200} role="status">
              {q === undefined
                ? t('status.total', { count: total, number: number.format(total) })
                : t('status.ofTotal', { number: number.format(total), total: number.format(everybody) })}
              {chosen > 0 && ' · '}
              {chosen > 0 &&
                t(selection.kind === 'all' ? 'status.allSelected' : 'status.selected', {
                  count: chosen,
                  number: number.format(chosen),
                })}
            </Text>
            {first.data !== undefined && <Freshness state={first.data.directory} onRefresh={refresh} />}
          </div>
        </Page>
      </div>
      <Suspense fallback={null}>
        {open !== undefined && <UserPanel key={open} userId={open} onClose={panel.close} onDialog={openDialog} />}
        {dialog !== undefined && (
          <UserDialog target={dialog} onClose={() => setDialog(undefined)} onInstead={setDialog} />
        )}
      </Suspense>
      <Outlet />
    </div>
  );
}
