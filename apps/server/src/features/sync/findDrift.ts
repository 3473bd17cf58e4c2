import type { Difference } from '@isthmus/contracts';
import type { Person } from '../people/index.ts';
import { wantedAddress } from './planAddress.ts';
import { differingFields } from './planFields.ts';
import { inactiveReason } from './planPerson.ts';
import type { SyncSettings } from './syncSettings.ts';

function text(value: string | boolean | readonly string[] | undefined | null): string | null {
  if (value === undefined || value === null || value === '') return null;
  return Array.isArray(value) ? value.join(', ') || null : String(value);
}

/** Where the online account says something else than the user account, compared as the planner compares. */
export function findDrift(person: Person, now: Date, settings: Pick<SyncSettings, 'map'>): Difference[] {
  const { user, online } = person;
  if (online === undefined || person.removedAt !== undefined) return [];
  if (online.deletedAt !== undefined) return [{ field: 'online', directory: 'present', online: 'removed' }];
  const isActive = person.link?.hold === undefined && inactiveReason(person, now) === undefined;
  const address = wantedAddress(person);
  return [
    ...(isActive === online.signInAllowed
      ? []
      : [{ field: 'signInAllowed' as const, directory: text(isActive), online: text(online.signInAllowed) }]),
    ...differingFields(user, online, settings).map(({ field, wanted }) => ({
      field,
      directory: text(wanted),
      online: text(online[field]),
    })),
    ...(address === undefined ? [] : [{ field: 'upn' as const, directory: address, online: online.upn }]),
    ...(user.anchor === online.immutableId
      ? []
      : [{ field: 'anchor' as const, directory: text(user.anchor), online: text(online.immutableId) }]),
  ];
}
