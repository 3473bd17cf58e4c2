import type { ItemRecord, ListRecord } from '../store/filesRecords.ts';
import type { PropertyValue } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import { type Column, columnsOf } from './columns.ts';
import { itemsOf } from './lists.ts';

/** Why a value cannot be stored in a column. */
export type FieldProblem =
  | { readonly kind: 'unknown' | 'readOnly' | 'wrongType' | 'notUnique'; readonly name: string }
  | undefined;

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  Text: isText,
  Note: isText,
  File: isText,
  Choice: (value) => isText(value) || Array.isArray(value),
  Number: (value) => typeof value === 'number',
  Currency: (value) => typeof value === 'number',
  Boolean: (value) => typeof value === 'boolean',
  DateTime: (value) => isText(value) && !Number.isNaN(Date.parse(String(value))),
};

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

/** Looks for the first value that its column does not take. */
export function findFieldProblem(
  tenant: Tenant,
  list: ListRecord,
  fields: Readonly<Record<string, unknown>>,
  item?: ItemRecord,
): FieldProblem {
  const columns = columnsOf(list);
  for (const [name, value] of Object.entries(fields)) {
    const column = findColumn(columns, name);
    if (column === undefined) return { kind: 'unknown', name };
    if (column.isReadOnly && column.name !== 'ContentType') return { kind: 'readOnly', name };
    const check = checks[column.type];
    if (value !== null && check !== undefined && !check(value)) return { kind: 'wrongType', name };
    if (column.isUnique && isTaken(tenant, list, column.name, value, item)) return { kind: 'notUnique', name };
  }
  return undefined;
}

/** A person or lookup is set by its number under the column's name and `LookupId` or `Id`. */
function findColumn(columns: readonly Column[], name: string): Column | undefined {
  const bare = name.replace(/@odata\.type$/, '').replace(/(LookupId|Id)$/, '');
  return columns.find((column) => column.name === name) ?? columns.find(({ name: own }) => own === bare);
}

function isTaken(
  tenant: Tenant,
  list: ListRecord,
  name: string,
  value: unknown,
  item: ItemRecord | undefined,
): boolean {
  if (value === null) return false;
  return itemsOf(tenant, list).some((other) => other.id !== item?.id && other.fields[name] === value);
}

/** Fields to store, without the notes about their types. */
export function storedFields(fields: Readonly<Record<string, unknown>>): Record<string, PropertyValue> {
  const kept = Object.entries(fields).filter(([name]) => !name.includes('@odata.'));
  return Object.fromEntries(kept) as Record<string, PropertyValue>;
}
