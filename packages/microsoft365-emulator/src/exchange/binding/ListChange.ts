/** What a multi-valued parameter asks for: other values altogether, or some more and some less. */
export type ListChange =
  | { readonly kind: 'replace'; readonly values: readonly string[] }
  | { readonly kind: 'change'; readonly add: readonly string[]; readonly remove: readonly string[] };

/** Null clears; an empty array does not, however much it looks like it. */
export function readListChange(value: unknown): ListChange | undefined {
  if (value === null) return { kind: 'replace', values: [] };
  const values = readTexts(value);
  if (values !== undefined) {
    return values.length === 0 ? { kind: 'change', add: [], remove: [] } : { kind: 'replace', values };
  }
  return typeof value === 'object' ? readHashTable(value) : undefined;
}

const hashTableTypes = ['#Exchange.GenericHashTable', '#Exchange.StringFieldDeltaUpdateData'];

function readHashTable(value: object): ListChange | undefined {
  const { '@odata.type': type, ...entries } = value as Readonly<Record<string, unknown>>;
  if (!hashTableTypes.includes(String(type))) return undefined;
  const parts = { add: [] as readonly string[], remove: [] as readonly string[] };
  for (const [name, entry] of Object.entries(entries)) {
    const key = name.toLowerCase();
    if (name.includes('@')) continue;
    const values = readTexts(entry);
    if (values === undefined || (key !== 'add' && key !== 'remove')) return undefined;
    parts[key] = values;
  }
  return { kind: 'change', ...parts };
}

function readTexts(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) return undefined;
  return value;
}

/** The values after a change; two values are the same when `keyOf` makes them so. */
export function applyListChange(
  known: readonly string[],
  change: ListChange,
  keyOf: (value: string) => string = (value) => value.toLowerCase(),
): readonly string[] {
  if (change.kind === 'replace') return change.values;
  const removed = new Set(change.remove.map(keyOf));
  const kept = known.filter((value) => !removed.has(keyOf(value)));
  const keys = new Set(kept.map(keyOf));
  return [...kept, ...change.add.filter((value) => !keys.has(keyOf(value)))];
}
