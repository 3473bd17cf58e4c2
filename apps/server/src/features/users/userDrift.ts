import type { UserDetails } from '@isthmus/contracts';
import type { Person } from '../people/index.ts';

type Drift = UserDetails['drift'];

function text(value: string | boolean | undefined | null): string | null {
  return value === undefined || value === null || value === '' ? null : String(value);
}

/** Where the online account says something else than the user account, field by field. */
export function userDrift(person: Person, now: Date): Drift {
  const { user, online } = person;
  if (online === undefined || person.removedAt !== undefined) return [];
  if (online.deletedAt !== undefined) return [{ field: 'online', directory: 'present', online: 'removed' }];
  const active = user.enabled && (user.expiresAt === undefined || user.expiresAt > now);
  const pairs: readonly [string, string | boolean | undefined, string | boolean | undefined][] = [
    ['signInAllowed', active, online.signInAllowed],
    ['displayName', user.displayName, online.displayName],
    ['givenName', user.givenName, online.givenName],
    ['surname', user.surname, online.surname],
    ['department', user.department, online.department],
    ['title', user.title, online.jobTitle],
    ['office', user.office, online.officeLocation],
    ['phone', user.phone, online.businessPhones[0]],
    ['mobile', user.mobile, online.mobilePhone],
    ['company', user.company, online.companyName],
    ['anchor', user.anchor, online.immutableId],
  ];
  return pairs
    .map(([field, directory, there]) => ({ field, directory: text(directory), online: text(there) }))
    .filter((entry) => entry.directory !== entry.online);
}
