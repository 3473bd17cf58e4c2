import type { Notice, UserDetails } from '@isthmus/contracts';
import { rdnValueOf } from '@isthmus/directory';
import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import type { Person, PersonStore } from '../people/index.ts';
import { findDrift, PlanReader } from '../sync/index.ts';
import { findUserInList } from './listUsers.ts';
import { instant } from './presentUser.ts';

function protection(person: Person): Notice | null {
  if (person.user.protectedAdministrator) {
    return {
      code: 'users.protected-administrator',
      message: 'This account administers the directory; the directory protects it from delegated changes.',
      remedy: 'Change it with the tools of the domain controller.',
    };
  }
  if (person.user.builtIn) {
    return {
      code: 'users.built-in',
      message: 'This account belongs to the directory itself or to a service.',
    };
  }
  return null;
}

function presentOffboarding({ offboarding }: Person): UserDetails['offboarding'] {
  if (offboarding === undefined) return null;
  const { since, by, groupDns, removeAt } = offboarding;
  return { since: since.toISOString(), by, groups: groupDns.map(rdnValueOf), removeAt: instant(removeAt) };
}

async function findManager(platform: Platform, dn: string | undefined): Promise<UserDetails['manager']> {
  if (dn === undefined) return null;
  const row = await platform.database
    .selectFrom('directory_user')
    .select(['id', 'display_name', 'user_name'])
    .where((user) => user.eb(user.fn('lower', ['dn']), '=', dn.toLowerCase()))
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row === undefined
    ? { id: null, name: rdnValueOf(dn) }
    : { id: row.id, name: row.display_name || row.user_name };
}

async function findRestorableUntil(platform: Platform, userId: string): Promise<Date | undefined> {
  const row = await platform.database
    .selectFrom('removal')
    .select('restorable_until')
    .where('user_id', '=', userId)
    .where('restored_at', 'is', null)
    .orderBy('removed_at', 'desc')
    .executeTakeFirst();
  return row?.restorable_until;
}

/** Everything about one person, from the mirrors. */
export async function getUser(
  platform: Platform,
  people: PersonStore,
  userId: string,
  actor: Actor,
): Promise<UserDetails> {
  const [person, row] = await Promise.all([people.get(userId), findUserInList(platform, userId, actor)]);
  if (row === undefined) {
    throw new DomainError({ code: 'users.not-found', message: 'This person is not in the list any more.' });
  }
  const { user, removedAt } = person;
  const [settings, manager, restorableUntil] = await Promise.all([
    new PlanReader(platform, people).settings(),
    findManager(platform, user.managerDn),
    removedAt === undefined ? undefined : findRestorableUntil(platform, userId),
  ]);
  return {
    ...row,
    dn: user.dn,
    office: user.office,
    phone: user.phone,
    mobile: user.mobile,
    company: user.company,
    description: user.description,
    manager,
    groups: user.groupDns.map((dn) => ({ dn, name: rdnValueOf(dn) })),
    expiresAt: instant(user.expiresAt),
    passwordSetAt: instant(user.passwordSetAt),
    mustChangePassword: user.passwordSetAt === undefined,
    createdAt: instant(user.createdAt),
    removedAt: instant(removedAt),
    restorableUntil: instant(restorableUntil),
    offboarding: presentOffboarding(person),
    protected: protection(person),
    drift: findDrift(person, platform.clock.now(), settings),
  };
}
