import {
  Button,
  Checkbox,
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
import type { ImportRow } from './importRows.ts';
import type { Import } from './useImport.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', gap: '12px', flexWrap: 'wrap', alignItems: 'end', flexShrink: 0 },
  box: { flexGrow: 1, minWidth: '140px' },
  unit: { flexGrow: 1, flexBasis: '200px', minWidth: 0 },
  select: { minWidth: 0 },
  card: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  bare: { flexShrink: 0 },
});

/** Problems told in full; the cells have no room for it. */
const TOLD = 3;

function Notes({ row }: { readonly row: ImportRow }) {
  const text = row.problem ?? row.warning;
  if (text === undefined) return null;
  return (
    <span title={text}>
      <StateLabel tone={row.problem !== undefined ? 'danger' : row.locked ? 'informative' : 'warning'}>
        {text}
      </StateLabel>
    </span>
  );
}

function useColumns(given: Import, editing: string | undefined, setEditing: (id: string | undefined) => void) {
  const { t } = useTranslation('imports');
  return useMemo<readonly GridColumn<ImportRow>[]>(
    () => [
      {
        id: 'name',
        label: t('people.name'),
        minWidth: 130,
        grow: 1,
        render: (row) => <bdi title={row.name}>{row.name}</bdi>,
      },
      {
        id: 'from',
        label: t('people.from'),
        minWidth: 150,
        grow: 1.2,
        render: ({ line, address }) => {
          const text = line === undefined ? address : [t('people.line', { line }), address].filter(Boolean).join(', ');
          return <span title={text}>{text}</span>;
        },
      },
      {
        id: 'userName',
        label: t('people.userName'),
        minWidth: 150,
        grow: 1,
        render: (row) => (
          <EditableCell
            key={String(editing === row.id)}
            value={row.userName}
            label={t('people.userNameOf', { name: row.name })}
            editLabel={t('people.edit', { name: row.name })}
            invalid={row.problem !== undefined}
            editing={editing === row.id}
            onEdit={() => setEditing(row.id)}
            onDone={(userName) => {
              if (userName !== undefined && userName !== row.userName) given.setUserName(row.id, userName);
              setEditing(undefined);
            }}
          />
        ),
      },
      { id: 'notes', label: t('people.notes'), minWidth: 170, grow: 1.6, render: (row) => <Notes row={row} /> },
    ],
    [given, editing, setEditing, t],
  );
}

/** The ticked rows as the grid knows a selection, and back; what cannot be imported is never ticked. */
function selectionOf(shown: readonly ImportRow[], given: Import) {
  const ticked = shown.filter((row) => row.ticked);
  const selection: GridSelection<ImportRow> =
    shown.length > 0 && ticked.length === shown.length
      ? { kind: 'all' }
      : { kind: 'some', rows: new Map(ticked.map((row) => [row.id, row])) };
  const onSelectionChange = (next: GridSelection<ImportRow>): void => {
    const isTicked = (row: ImportRow): boolean => !row.locked && (next.kind === 'all' || next.rows.has(row.id));
    given.setTicks(Object.fromEntries(shown.map((row) => [row.id, isTicked(row)])));
  };
  return { selection, onSelectionChange };
}

function Choices({ given }: { readonly given: Import }) {
  const styles = useStyles();
  const { t } = useTranslation('imports');
  return (
    <>
      {given.source === 'file' && given.templates.length > 0 && (
        <Field label={t('people.template')} className={styles.unit}>
          <Select
            className={styles.select}
            value={given.templateId}
            onChange={(_event, data) => given.setTemplate(data.value)}
          >
            <option value="">{t('people.noTemplate')}</option>
            {given.templates.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t('people.unit')} className={styles.unit}>
        <Select
          className={styles.select}
          value={given.containerDn}
          onChange={(_event, data) => given.setContainer(data.value)}
        >
          {given.options?.containers.map(({ dn }) => (
            <option key={dn}>{dn}</option>
          ))}
        </Select>
      </Field>
      {given.source === 'file' && (
        <Checkbox
          label={t('people.existing')}
          checked={given.changeExisting}
          onChange={(_event, data) => given.setChangeExisting(data.checked === true)}
        />
      )}
    </>
  );
}

/** Who is imported, under which user name. */
export function PeopleStep({ given }: { readonly given: Import }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('imports');
  const phone = useIsPhone();
  const [typed, setTyped] = useState('');
  const [onlyProblems, setOnlyProblems] = useState(false);
  const [editing, setEditing] = useState<string>();
  const columns = useColumns(given, editing, setEditing);
  const { rows, ticked, candidates } = given;
  const refused = ticked.filter((row) => row.problem !== undefined);
  const wanted = typed.trim().toLocaleLowerCase();
  const shown = rows.filter(
    ({ name, address = '', userName, problem }) =>
      `${name} ${address} ${userName}`.toLocaleLowerCase().includes(wanted) &&
      (!onlyProblems || refused.length === 0 || problem !== undefined),
  );
  const number = new Intl.NumberFormat(i18n.language);
  if (given.source === 'online' && candidates.isError) {
    return <ProblemMessage error={candidates.error} onRetry={() => void candidates.refetch()} />;
  }
  if (given.source === 'online' && candidates.data === undefined) return <LoadingScreen />;
  if (rows.length === 0) return <EmptyState title={t('people.nobody')} text={t('people.nobodyText')} />;
  const common = {
    label: t('people.list'),
    rows: {
      total: shown.length,
      rowAt: (index: number) => shown[index],
      idOf: (row: ImportRow) => row.id,
      nameOf: (row: ImportRow) => row.name,
    },
    ...selectionOf(shown, given),
    tinted: wanted !== '',
    resetKey: `${wanted} ${onlyProblems}`,
  };
  const card = (row: ImportRow) => (
    <div className={styles.card}>
      <Text weight="semibold">{row.name}</Text>
      <Text size={200}>{row.line === undefined ? row.address : t('people.line', { line: row.line })}</Text>
      <Input
        value={row.userName}
        size="small"
        aria-label={t('people.userNameOf', { name: row.name })}
        aria-invalid={row.problem !== undefined}
        onChange={(_event, data) => given.setUserName(row.id, data.value)}
      />
      <Notes row={row} />
    </div>
  );
  return (
    <>
      <div className={styles.bar}>
        <Choices given={given} />
        <Field label={t('people.find')} className={styles.box}>
          <SearchBox value={typed} onChange={(_event, data) => setTyped(data.value)} />
        </Field>
      </div>
      {refused.length > 0 && (
        <MessageBar intent="error" role="alert" className={styles.bare} layout="multiline">
          <MessageBarBody>
            {t('people.problems', { count: refused.length, number: number.format(refused.length) })}
            {refused.slice(0, TOLD).map(({ id, name, problem }) => (
              <Text key={id} size={200} block>
                {name}: {problem}
              </Text>
            ))}
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" aria-pressed={onlyProblems} onClick={() => setOnlyProblems(!onlyProblems)}>
              {t(onlyProblems ? 'people.showAll' : 'people.showProblems')}
            </Button>
            <Button
              size="small"
              onClick={() => given.setTicks(Object.fromEntries(refused.map(({ id }) => [id, false])))}
            >
              {t('people.leaveOut')}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {phone ? (
        <CardList {...common} card={card} />
      ) : (
        <DataGrid {...common} columns={columns} rowHeight={40} onOpen={(row) => setEditing(row.id)} />
      )}
      <Text size={200} role="status" className={styles.quiet}>
        {t('people.ticked', { number: number.format(ticked.length), total: number.format(rows.length) })}
      </Text>
    </>
  );
}
