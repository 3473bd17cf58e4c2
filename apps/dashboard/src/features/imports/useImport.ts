import type { Plan, UserFile, UserImportField } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, queryOf } from '../../shell/api.ts';
import { useWizardDraft } from '../../ui/wizard/useWizardDraft.ts';
import { useIntegrated } from '../integration/useIntegrated.ts';
import { type ImportRow, type RowChoices, refusalsOfRows, rowsOfCandidates, rowsOfFile } from './importRows.ts';

export type ImportSource = 'online' | 'file';

interface ImportDraft extends RowChoices {
  readonly source: ImportSource | undefined;
  readonly file: { readonly name: string; readonly content: string; readonly read: UserFile } | undefined;
  readonly changeExisting: boolean;
  readonly containerDn: string;
  /** Empty = none. */
  readonly templateId: string;
}

const emptyDraft: ImportDraft = {
  source: undefined,
  file: undefined,
  ticks: {},
  userNames: {},
  changeExisting: false,
  containerDn: '',
  templateId: '',
};

type Mapping = Partial<Record<UserImportField, number>>;

function mappingOf({ columns }: UserFile): Mapping {
  return Object.fromEntries(columns.flatMap(({ field }, index) => (field === null ? [] : [[field, index]])));
}

/** The mapping of a file with this field in this column, and in no other. */
function mappingWith(file: UserFile, column: number, field: UserImportField | undefined): Mapping {
  const others = Object.entries(mappingOf(file)).filter(([each, index]) => each !== field && index !== column);
  return { ...Object.fromEntries(others), ...(field === undefined ? {} : { [field]: column }) };
}

function preselectedBy(only: string | undefined): ReadonlySet<string> | undefined {
  return only === undefined ? undefined : new Set(only.toLowerCase().split(','));
}

async function planOf(send: (query: { dryRun: 'true' }) => ReturnType<typeof sendImport>): Promise<Plan> {
  const result = await send({ dryRun: 'true' });
  if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
  return result.plan;
}

/** Asks for the import of the ticked rows. */
function sendImport(
  draft: ImportDraft,
  source: ImportSource,
  ticked: readonly ImportRow[],
  query: { dryRun?: 'true' },
) {
  const placement = draft.containerDn === '' ? {} : { containerDn: draft.containerDn };
  if (source === 'online') {
    const accounts = ticked.map(({ id, userName }) => ({ onlineAccountId: id, userName }));
    return api.call('importOnlineAccounts', { query, body: { accounts, ...placement } }, newKey(query));
  }
  const read = draft.file?.read;
  const values = new Map(read?.rows.map((row) => [row.line, row.values]));
  const rows = ticked.map(({ line = 0, userName }) => ({ line, values: { ...values.get(line), userName } }));
  const columns = Object.fromEntries(
    read?.columns.flatMap(({ field, name }) => (field === null ? [] : [[field, name]])) ?? [],
  );
  const existing = draft.changeExisting ? ('change' as const) : ('refuse' as const);
  const template = draft.templateId === '' ? {} : { templateId: draft.templateId };
  const body = { rows, columns, existing, ...placement, ...template };
  return api.call('importUsers', { query, body }, newKey(query));
}

/** A delivery that is repeated must not import twice; a plan may be asked for as often as one likes. */
function newKey(query: { readonly dryRun?: 'true' }) {
  return query.dryRun === undefined ? { idempotencyKey: crypto.randomUUID() } : {};
}

/** Everything the wizard knows: the source, the people with what was chosen for them, and what the server refuses. */
export function useImport(given: ImportSource | undefined, only: string | undefined) {
  const [draft, change, forget] = useWizardDraft<ImportDraft>(`import ${given} ${only}`, emptyDraft);
  const [refusals, setRefusals] = useState<Readonly<Record<string, string>>>({});
  const integrated = useIntegrated();
  const source: ImportSource = draft.source ?? given ?? (integrated === false ? 'file' : 'online');
  const isOnline = source === 'online';
  const candidates = useQuery({ ...queryOf('listImportCandidates', {}), enabled: isOnline && integrated === true });
  const { data: options } = useQuery(queryOf('getUserOptions', {}));
  const preselected = useMemo(() => preselectedBy(only), [only]);
  const templates = useQuery(queryOf('listUserTemplates', {})).data?.items ?? [];
  const rows = useMemo(
    () =>
      isOnline
        ? rowsOfCandidates(candidates.data?.items ?? [], draft, preselected, refusals)
        : rowsOfFile(draft.file?.read.rows ?? [], draft, refusals),
    [isOnline, candidates.data, draft, preselected, refusals],
  );
  const ticked = useMemo(() => rows.filter((row) => row.ticked), [rows]);
  const read = async (name: string, content: string, mapping?: Mapping): Promise<void> => {
    const answer = await api.call('readUserFile', { body: { file: content, ...(mapping ? { mapping } : {}) } });
    setRefusals({});
    change((before) => ({ ...before, file: { name, content, read: answer }, ticks: {}, userNames: {} }));
  };
  return {
    source,
    integrated,
    candidates,
    options,
    rows,
    ticked,
    file: draft.file,
    changeExisting: draft.changeExisting,
    containerDn: draft.containerDn || (options?.managedOu ?? ''),
    templates,
    templateId: draft.templateId,
    hasData: draft !== emptyDraft,
    forget,
    setSource: (next: ImportSource) => {
      setRefusals({});
      change((before) => ({ ...before, source: next, ticks: {}, userNames: {} }));
    },
    read,
    /** The file again, with this field in this column; the user names that were changed are asked for anew. */
    setField: (column: number, field: UserImportField | undefined): Promise<void> | undefined => {
      if (draft.file === undefined) return undefined;
      return read(draft.file.name, draft.file.content, mappingWith(draft.file.read, column, field));
    },
    setContainer: (containerDn: string) => change((before) => ({ ...before, containerDn })),
    setTemplate: (templateId: string) => {
      setRefusals({});
      const { containerDn = draft.containerDn } = templates.find(({ id }) => id === templateId) ?? {};
      change((before) => ({ ...before, templateId, containerDn }));
    },
    setChangeExisting: (changeExisting: boolean) => {
      setRefusals({});
      change((before) => ({ ...before, changeExisting }));
    },
    setTicks: (ticks: Readonly<Record<string, boolean>>) =>
      change((before) => ({ ...before, ticks: { ...before.ticks, ...ticks } })),
    setUserName: (id: string, userName: string) =>
      change((before) => ({ ...before, userNames: { ...before.userNames, [id]: userName.trim() } })),
    /** What the import would do; remembers what the server refuses. */
    plan: async (): Promise<{ readonly plan: Plan; readonly refused: number }> => {
      const plan = await planOf((query) => sendImport(draft, source, ticked, query));
      const refused = refusalsOfRows(plan, ticked);
      setRefusals(refused);
      return { plan, refused: Object.keys(refused).length };
    },
    start: () => sendImport(draft, source, ticked, {}),
  };
}

export type Import = ReturnType<typeof useImport>;
