import type { ManagedField, MappedField, Notice } from '@isthmus/contracts';
import type { DirectoryUser } from '@isthmus/directory';
import type { OnlineAccount, OnlineAccountChanges } from '@isthmus/microsoft365';
import { driftPolicyOf, type SyncSettings, sourceOf } from './syncSettings.ts';

type TextField = Exclude<MappedField, 'businessPhones'>;

/** How much of each text Microsoft 365 takes (characters). `findDiffering` says the same in SQL. */
export const TEXT_LIMITS: Readonly<Record<TextField, number>> = {
  displayName: 256,
  givenName: 64,
  surname: 64,
  department: 64,
  jobTitle: 128,
  officeLocation: 128,
  mobilePhone: 64,
  companyName: 64,
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

type MapSettings = Pick<SyncSettings, 'map'>;

interface DifferingField {
  readonly field: TextField | 'businessPhones';
  /** What the directory wants there. */
  readonly wanted: string | null | readonly string[];
}

function differingPhones(user: DirectoryUser, online: OnlineAccount, settings: MapSettings): DifferingField[] {
  const from = sourceOf(settings, 'businessPhones');
  if (from === undefined) return [];
  const phone = fit(user[from], PHONE_LIMIT);
  const phones = phone === '' ? [] : [phone];
  const isSame =
    online.businessPhones.length === phones.length &&
    online.businessPhones.every((one, index) => one === phones[index]);
  return isSame ? [] : [{ field: 'businessPhones', wanted: phones }];
}

/** Texts and numbers that are not online as they are in the directory, as far as Microsoft 365 can take them. */
export function differingFields(
  user: DirectoryUser,
  online: OnlineAccount,
  settings: MapSettings,
): readonly DifferingField[] {
  const texts = (Object.entries(TEXT_LIMITS) as [TextField, number][]).flatMap(([field, limit]): DifferingField[] => {
    const from = sourceOf(settings, field);
    const wanted = from === undefined ? undefined : fit(user[from], limit);
    if (wanted === undefined || wanted === (online[field] ?? '')) return [];
    // An account cannot be without a display name, so an empty one in the directory changes nothing.
    if (field === 'displayName' && wanted === '') return [];
    return [{ field, wanted: wanted === '' ? null : wanted }];
  });
  return [...texts, ...differingPhones(user, online, settings)];
}

/** What has to change online so that the texts and numbers are those of the directory. */
export function planFields(user: DirectoryUser, online: OnlineAccount, settings: SyncSettings): FieldPlan {
  const changes: Record<string, string | null | readonly string[]> = {};
  const warned: ManagedField[] = [];
  for (const { field, wanted } of differingFields(user, online, settings)) {
    const policy = driftPolicyOf(settings, field);
    if (policy === 'overwrite') changes[field] = wanted;
    else if (policy === 'warn') warned.push(field);
  }
  return { changes, notices: warned.length === 0 ? [] : [driftNotice(warned)] };
}
