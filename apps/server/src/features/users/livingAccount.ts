import type { Notice } from '@isthmus/contracts';
import type { Person, PersonOrAccount } from '../people/index.ts';

/** A linked account that is there and ours to change. */
export function livingAccount(person: PersonOrAccount): NonNullable<Person['online']> | undefined {
  const { online } = person;
  if (online === undefined || online.deletedAt !== undefined || online.synchronizedByOthers) return undefined;
  return online;
}

/** Why nothing is done online, when another tool keeps the account. */
export function othersWarning(person: PersonOrAccount): Notice[] {
  const { online } = person;
  if (online === undefined || online.deletedAt !== undefined || !online.synchronizedByOthers) return [];
  return [
    {
      code: 'users.managed-by-others',
      message: `Another tool (Entra Connect or Cloud Sync) keeps ${online.upn}, so Isthmus does not change it.`,
      remedy: 'Change it there, or end that synchronization for the account.',
    },
  ];
}
