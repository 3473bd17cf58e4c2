import type { ManagedField, Notice } from '@isthmus/contracts';
import type { DirectoryUser } from '@isthmus/directory';
import type { OnlineAccount, OnlineAccountChanges } from '@isthmus/microsoft365';
import { driftPolicyOf, type SyncSettings } from './syncSettings.ts';

type TextField = Exclude<ManagedField, 'upn' | 'signInAllowed' | 'businessPhones'>;

/** Where each text comes from, and how much of it Microsoft 365 takes (characters). `findDiffering` says the same in SQL. */
export const TEXT_FIELDS: Readonly<Record<TextField, { readonly from: keyof DirectoryUser; readonly limit: number }>> =
  {
    displayName: { from: 'displayName', limit: 256 },
    givenName: { from: 'givenName', limit: 64 },
    surname: { from: 'surname', limit: 64 },
    department: { from: 'department', limit: 64 },
    jobTitle: { from: 'title', limit: 128 },
    officeLocation: { from: 'office', limit: 128 },
    mobilePhone: { from: 'mobile', limit: 64 },
    companyName: { from: 'company', limit: 64 },
  };
export const PHONE_LIMIT = 64;

/** The part of a directory value that goes online. */
function fit(value: string, limit: number): string {
  const trimmed = value.replaceAll(/^ +| +$/g, '');
  return Array.from(trimmed).slice(0, limit).join('').replaceAll(/ +$/g, '');
}

interface FieldPlan {
  readonly changes: OnlineAccountChanges;
  readonly notices: readonly Notice[];
}

function driftNotice(fields: readonly ManagedField[]): Notice {
  return {
    code: 'sync.drift',
    message: `Microsoft 365 shows other values than the directory: ${fields.join(', ')}.`,
    remedy: 'Change them in the directory, or let the directory overwrite them.',
  };
}

interface DifferingField {
  readonly field: TextField | 'businessPhones';
  /** What the directory wants there. */
  readonly wanted: string | null | readonly string[];
}

/** Texts and numbers that are not online as they are in the directory, as far as Microsoft 365 can take them. */
export function differingFields(user: DirectoryUser, online: OnlineAccount): readonly DifferingField[] {
  const texts = (Object.entries(TEXT_FIELDS) as [TextField, (typeof TEXT_FIELDS)[TextField]][])
    .map(([field, { from, limit }]) => ({ field, wanted: fit(String(user[from] ?? ''), limit) }))
    .filter(({ field, wanted }) => wanted !== (online[field] ?? ''))
    // An account cannot be without a display name, so an empty one in the directory changes nothing.
    .filter(({ field, wanted }) => field !== 'displayName' || wanted !== '')
    .map(({ field, wanted }): DifferingField => ({ field, wanted: wanted === '' ? null : wanted }));
  const phone = fit(user.phone, PHONE_LIMIT);
  const phones = phone === '' ? [] : [phone];
  const isSame =
    online.businessPhones.length === phones.length &&
    online.businessPhones.every((one, index) => one === phones[index]);
  return isSame ? texts : [...texts, { field: 'businessPhones', wanted: phones }];
}

/** What has to change online so that the texts and numbers are those of the directory. */
export function planFields(user: DirectoryUser, online: OnlineAccount, settings: SyncSettings): FieldPlan {
  const changes: Record<string, string | null | readonly string[]> = {};
  const warned: ManagedField[] = [];
  for (const { field, wanted } of differingFields(user, online)) {
    const policy = driftPolicyOf(settings, field);
    if (policy === 'overwrite') changes[field] = wanted;
    else if (policy === 'warn') warned.push(field);
  }
  return { changes, notices: warned.length === 0 ? [] : [driftNotice(warned)] };
}
