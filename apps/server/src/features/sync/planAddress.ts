import type { Notice } from '@isthmus/contracts';
import type { Person } from '../people/index.ts';
import { driftPolicyOf, type SyncSettings } from './syncSettings.ts';

/** What `userPrincipalName` allows before the `@` in Microsoft Entra ID. */
const POSSIBLE = /^[A-Za-z0-9'_!#^~-](?:[A-Za-z0-9'._!#^~-]{0,62}[A-Za-z0-9'_!#^~-])?$/;

export function localPartOf(address: string): string {
  return address.split('@')[0] ?? '';
}

/** The name that the address follows, as it is in the directory now. */
function followedName(person: Person): string | undefined {
  if (person.link?.addressFollows === 'user-name') return person.user.userName;
  if (person.link?.addressFollows === 'upn' && person.user.upn !== undefined) return localPartOf(person.user.upn);
  return undefined;
}

/** The address that the person should have after a rename; undefined when the present one is right. */
export function wantedAddress(person: Person): string | undefined {
  const name = followedName(person)?.toLowerCase();
  if (name === undefined || person.online === undefined) return undefined;
  const { upn } = person.online;
  return localPartOf(upn).toLowerCase() === name ? undefined : `${name}${upn.slice(localPartOf(upn).length)}`;
}

/** A rename in the directory renames the address at the same domain, when it can be had. */
export function planAddress(
  person: Person,
  settings: SyncSettings,
  isTaken: (address: string) => boolean,
): { readonly upn?: string; readonly notice?: Notice } {
  const wanted = wantedAddress(person);
  const policy = driftPolicyOf(settings, 'upn');
  if (wanted === undefined || policy === 'leave') return {};
  const upn = person.online?.upn ?? '';
  if (!POSSIBLE.test(localPartOf(wanted))) {
    return {
      notice: {
        code: 'sync.address-not-possible',
        message: `The user name was changed, but Microsoft 365 does not allow ${wanted}; the address stays ${upn}.`,
        remedy: 'Choose a user name of letters, digits and . - _ only, or give the person an address of their own.',
      },
    };
  }
  if (isTaken(wanted)) {
    return {
      notice: {
        code: 'sync.address-taken',
        message: `The user name was changed, but ${wanted} belongs to another account; the address stays ${upn}.`,
        remedy: 'Free that address, or choose another user name.',
      },
    };
  }
  if (policy === 'overwrite') return { upn: wanted };
  return {
    notice: {
      code: 'sync.drift',
      message: `By the user name the address would be ${wanted}, but it is ${upn}.`,
      remedy: 'Change the user name in the directory, or let the directory overwrite the address.',
    },
  };
}
