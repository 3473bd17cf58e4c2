import {
  Field,
  MessageBar,
  MessageBarBody,
  makeStyles,
  SearchBox,
  Select,
  Text,
  tokens,
} from '@fluentui/react-components';
import { type MatchEvidence, matchEvidenceSchema } from '@isthmus/contracts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardList } from '../../../ui/data-grid/CardList.tsx';
import { DataGrid } from '../../../ui/data-grid/DataGrid.tsx';
import type { GridColumn, GridSelection } from '../../../ui/data-grid/gridTypes.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LoadingScreen } from '../../../ui/LoadingScreen.tsx';
import { ProblemMessage } from '../../../ui/ProblemMessage.tsx';
import { StateLabel } from '../../../ui/StateLabel.tsx';
import { useIsPhone } from '../../../ui/useMediaQuery.ts';
import type { PairRow } from './matchPairs.ts';
import type { MatchPairs } from './useMatchPairs.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', gap: '12px', flexWrap: 'wrap', alignItems: 'end' },
  box: { flexGrow: 1, minWidth: '140px' },
  card: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0, overflowWrap: 'anywhere' },
  select: { width: '100%', minWidth: 0, verticalAlign: 'middle' },
  quiet: { color: tokens.colorNeutralForeground3 },
  bare: { flexShrink: 0 },
});

const TONES = { certain: 'success', likely: 'informative', possible: 'warning' } as const;

interface PairProps {
  readonly row: PairRow;
  readonly pairs: MatchPairs;
}

/** The account itself, or a choice where several fit. */
function AccountChoice({ row: { match, accountId }, pairs }: PairProps) {
  const styles = useStyles();
  const { t } = useTranslation('matches');
  const [only] = match.accounts;
  if (!match.ambiguous && match.accounts.length === 1) {
    return <span title={only?.displayName}>{only?.address}</span>;
  }
  return (
    <Select
      size="small"
      className={styles.select}
      select={{ style: { minWidth: 0, width: '100%' } }}
      aria-label={t('accountOf', { name: match.displayName })}
      value={accountId ?? ''}
      onClick={(event) => event.stopPropagation()}
      onChange={(_event, { value }) => pairs.setAccount(match.userId, value)}
    >
      <option value="">{t('choose')}</option>
      {match.accounts.map((account) => (
        <option key={account.id} value={account.id}>
          {account.address}
        </option>
      ))}
    </Select>
  );
}

/** How sure the pair is and why, or what stands against it. */
function Certainty({ row: { match, accountId, problem }, pairs }: PairProps) {
  const { t } = useTranslation('matches');
  const refusal = problem === undefined ? pairs.refusalOf(match.userId, accountId) : t(`problem.${problem}`);
  if (refusal !== undefined) return <StateLabel tone="danger">{refusal}</StateLabel>;
  const label = match.ambiguous ? t('ambiguous') : t(`confidence.${match.confidence}`);
  return (
    <span title={match.reason}>
      <StateLabel tone={match.ambiguous ? 'warning' : TONES[match.confidence]}>
        {label} · {t(`evidence.${match.evidence}`)}
      </StateLabel>
    </span>
  );
}

function useColumns(pairs: MatchPairs) {
  const { t } = useTranslation('matches');
  return useMemo<readonly GridColumn<PairRow>[]>(
    () => [
      {
        id: 'user',
        label: t('column.user'),
        minWidth: 140,
        grow: 1,
        render: ({ match }) => <bdi title={match.userName}>{match.displayName}</bdi>,
      },
      {
        id: 'account',
        label: t('column.account'),
        minWidth: 210,
        grow: 1.2,
        render: (row) => <AccountChoice row={row} pairs={pairs} />,
      },
      {
        id: 'certainty',
        label: t('column.certainty'),
        minWidth: 220,
        grow: 1.3,
        render: (row) => <Certainty row={row} pairs={pairs} />,
      },
    ],
    [pairs, t],
  );
}

/** The ticked rows as the grid knows a selection, and back. */
function selectionOf(shown: readonly PairRow[], pairs: MatchPairs) {
  const ticked = shown.filter((row) => row.ticked);
  const selection: GridSelection<PairRow> =
    shown.length > 0 && ticked.length === shown.length
      ? { kind: 'all' }
      : { kind: 'some', rows: new Map(ticked.map((row) => [row.match.userId, row])) };
  const onSelectionChange = (next: GridSelection<PairRow>): void => {
    const isTicked = (id: string): boolean => next.kind === 'all' || next.rows.has(id);
    pairs.setTicks(Object.fromEntries(shown.map(({ match }) => [match.userId, isTicked(match.userId)])));
  };
  return { selection, onSelectionChange };
}

function fits({ match }: PairRow, wanted: string, evidence: MatchEvidence | ''): boolean {
  const addresses = match.accounts.map((account) => `${account.address} ${account.displayName}`).join(' ');
  const text = `${match.displayName} ${match.userName} ${addresses}`.toLocaleLowerCase();
  return text.includes(wanted) && (evidence === '' || match.evidence === evidence);
}

export function PairsStep({ pairs }: { readonly pairs: MatchPairs }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('matches');
  const phone = useIsPhone();
  const [typed, setTyped] = useState('');
  const [evidence, setEvidence] = useState<MatchEvidence | ''>('');
  const columns = useColumns(pairs);
  const { matches, rows, ticked } = pairs;
  if (matches.isError) return <ProblemMessage error={matches.error} onRetry={() => void matches.refetch()} />;
  if (matches.data === undefined) return <LoadingScreen />;
  if (rows.length === 0) return <EmptyState title={t('nobody')} text={t('nobodyText')} />;
  const problems = ticked.filter((row) => row.problem !== undefined).length;
  const wanted = typed.trim().toLocaleLowerCase();
  const shown = rows.filter((row) => fits(row, wanted, evidence));
  const number = new Intl.NumberFormat(i18n.language);
  const common = {
    label: t('list'),
    rows: {
      total: shown.length,
      rowAt: (index: number) => shown[index],
      idOf: (row: PairRow) => row.match.userId,
      nameOf: (row: PairRow) => row.match.displayName,
    },
    ...selectionOf(shown, pairs),
    tinted: wanted !== '',
    resetKey: `${wanted} ${evidence}`,
  };
  return (
    <>
      <Text>{t('explain')}</Text>
      <div className={styles.bar}>
        <Field label={t('show')}>
          <Select
            value={evidence}
            onChange={(_event, { value }) => setEvidence(matchEvidenceSchema.safeParse(value).data ?? '')}
          >
            <option value="">{t('every')}</option>
            {matchEvidenceSchema.options.map((option) => (
              <option key={option} value={option}>
                {t(`evidence.${option}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('find')} className={styles.box}>
          <SearchBox value={typed} onChange={(_event, data) => setTyped(data.value)} />
        </Field>
      </div>
      {problems > 0 && (
        <MessageBar intent="error" role="alert" className={styles.bare}>
          <MessageBarBody>{t('problems', { count: problems, number: number.format(problems) })}</MessageBarBody>
        </MessageBar>
      )}
      {shown.length === 0 && <EmptyState title={t('nothingMatches')} />}
      {shown.length > 0 &&
        (phone ? (
          <CardList
            {...common}
            card={(row) => (
              <div className={styles.card}>
                <Text weight="semibold">{row.match.displayName}</Text>
                <AccountChoice row={row} pairs={pairs} />
                <Certainty row={row} pairs={pairs} />
              </div>
            )}
          />
        ) : (
          <DataGrid {...common} columns={columns} rowHeight={40} onOpen={() => undefined} />
        ))}
      <Text size={200} role="status" className={styles.quiet}>
        {t('ticked', { number: number.format(ticked.length), total: number.format(rows.length) })}
      </Text>
    </>
  );
}
