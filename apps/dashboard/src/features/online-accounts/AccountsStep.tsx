import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  SearchBox,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardList } from '../../ui/data-grid/CardList.tsx';
import { DataGrid } from '../../ui/data-grid/DataGrid.tsx';
import { EditableCell } from '../../ui/data-grid/EditableCell.tsx';
import type { GridColumn, GridSelection } from '../../ui/data-grid/gridTypes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { useIsPhone } from '../../ui/useMediaQuery.ts';
import type { BulkRow } from './bulkAccounts.ts';
import type { BulkAccounts } from './useBulkAccounts.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', gap: '12px', flexWrap: 'wrap', alignItems: 'end' },
  box: { flexGrow: 1, minWidth: '140px' },
  card: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  bare: { flexShrink: 0 },
});

function Notes({ row }: { readonly row: BulkRow }) {
  if (row.problem !== undefined) return <StateLabel tone="danger">{row.problem}</StateLabel>;
  const [warning] = row.proposal.warnings;
  if (warning === undefined) return null;
  return (
    <span title={[warning.message, warning.remedy].join(' ')}>
      <StateLabel tone="warning">{warning.message}</StateLabel>
    </span>
  );
}

function useColumns(accounts: BulkAccounts, editing: string | undefined, setEditing: (id: string | undefined) => void) {
  const { t } = useTranslation('onlineAccounts');
  return useMemo<readonly GridColumn<BulkRow>[]>(
    () => [
      {
        id: 'name',
        label: t('accounts.name'),
        minWidth: 130,
        grow: 1,
        render: (row) => <bdi title={row.proposal.userName}>{row.proposal.displayName}</bdi>,
      },
      {
        id: 'address',
        label: t('accounts.address'),
        minWidth: 210,
        grow: 1.6,
        render: (row) => (
          <EditableCell
            key={String(editing === row.proposal.userId)}
            value={row.address}
            label={t('accounts.addressOf', { name: row.proposal.displayName })}
            editLabel={t('accounts.edit', { name: row.proposal.displayName })}
            invalid={row.problem !== undefined}
            editing={editing === row.proposal.userId}
            onEdit={() => setEditing(row.proposal.userId)}
            onDone={(address) => {
              if (address !== undefined && address !== row.address) accounts.setAddress(row.proposal.userId, address);
              setEditing(undefined);
            }}
          />
        ),
      },
      { id: 'notes', label: t('accounts.notes'), minWidth: 150, grow: 1.2, render: (row) => <Notes row={row} /> },
    ],
    [accounts, editing, setEditing, t],
  );
}

/** The ticked rows as the grid knows a selection, and back. */
function selectionOf(shown: readonly BulkRow[], accounts: BulkAccounts) {
  const ticked = shown.filter((row) => row.ticked);
  const selection: GridSelection<BulkRow> =
    shown.length > 0 && ticked.length === shown.length
      ? { kind: 'all' }
      : { kind: 'some', rows: new Map(ticked.map((row) => [row.proposal.userId, row])) };
  const onSelectionChange = (next: GridSelection<BulkRow>): void => {
    const isTicked = (id: string): boolean => next.kind === 'all' || next.rows.has(id);
    accounts.setTicks(Object.fromEntries(shown.map(({ proposal }) => [proposal.userId, isTicked(proposal.userId)])));
  };
  return { selection, onSelectionChange };
}

export function AccountsStep({ accounts }: { readonly accounts: BulkAccounts }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('onlineAccounts');
  const phone = useIsPhone();
  const [typed, setTyped] = useState('');
  const [onlyProblems, setOnlyProblems] = useState(false);
  const [editing, setEditing] = useState<string>();
  const columns = useColumns(accounts, editing, setEditing);
  const { rows, ticked, proposals } = accounts;
  const problems = ticked.filter((row) => row.problem !== undefined).length;
  const wanted = typed.trim().toLocaleLowerCase();
  const shown = rows.filter(
    ({ proposal, problem }) =>
      `${proposal.displayName} ${proposal.userName} ${proposal.department}`.toLocaleLowerCase().includes(wanted) &&
      (!onlyProblems || problems === 0 || problem !== undefined),
  );
  const number = new Intl.NumberFormat(i18n.language);
  if (proposals.isError) return <ProblemMessage error={proposals.error} onRetry={() => void proposals.refetch()} />;
  if (proposals.data === undefined) return <LoadingScreen />;
  if (rows.length === 0) return <EmptyState title={t('accounts.nobody')} text={t('accounts.nobodyText')} />;
  const common = {
    label: t('accounts.list'),
    rows: {
      total: shown.length,
      rowAt: (index: number) => shown[index],
      idOf: (row: BulkRow) => row.proposal.userId,
      nameOf: (row: BulkRow) => row.proposal.displayName,
    },
    ...selectionOf(shown, accounts),
    tinted: wanted !== '',
    resetKey: `${wanted} ${onlyProblems}`,
  };
  const card = ({ proposal, address, problem, ...row }: BulkRow) => (
    <div className={styles.card}>
      <Text weight="semibold">{proposal.displayName}</Text>
      <Input
        value={address}
        size="small"
        aria-label={t('accounts.addressOf', { name: proposal.displayName })}
        aria-invalid={problem !== undefined}
        onChange={(_event, data) => accounts.setAddress(proposal.userId, data.value)}
      />
      <Notes row={{ ...row, proposal, address, problem }} />
    </div>
  );
  return (
    <>
      <div className={styles.bar}>
        <Field label={t('accounts.domain')}>
          <Select value={accounts.domain} onChange={(_event, data) => accounts.setDomain(data.value)}>
            {accounts.domains.map((domain) => (
              <option key={domain.name}>{domain.name}</option>
            ))}
          </Select>
        </Field>
        <Field label={t('accounts.find')} className={styles.box}>
          <SearchBox value={typed} onChange={(_event, data) => setTyped(data.value)} />
        </Field>
      </div>
      {problems > 0 && (
        <MessageBar intent="error" role="alert" className={styles.bare}>
          <MessageBarBody>
            {t('accounts.problems', { count: problems, number: number.format(problems) })}
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" aria-pressed={onlyProblems} onClick={() => setOnlyProblems(!onlyProblems)}>
              {t(onlyProblems ? 'accounts.showAll' : 'accounts.showProblems')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {phone ? (
        <CardList {...common} card={card} />
      ) : (
        <DataGrid {...common} columns={columns} rowHeight={40} onOpen={(row) => setEditing(row.proposal.userId)} />
      )}
      <Text size={200} role="status" className={styles.quiet}>
        {t('accounts.ticked', { number: number.format(ticked.length), total: number.format(rows.length) })}
      </Text>
    </>
  );
}
