const kept: ReadonlySet<string> = new Set(['@odata.nextLink', '@odata.deltaLink', '@odata.count']);

/** Whether a caller asks, by `Accept`, for answers without what describes them. */
export function wantsNoMetadata(accept: string | undefined): boolean {
  return accept !== undefined && /odata\.metadata=none/i.test(accept);
}

/** An answer without what describes it; links to further pages and counts stay, as OData 4.0 has it. */
export function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => !name.includes('@odata.') || kept.has(name));
  return Object.fromEntries(entries.map(([name, part]) => [name, withoutMetadata(part)]));
}
