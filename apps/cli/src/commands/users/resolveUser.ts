import type { ApiClient } from '@isthmus/api-client';
import { idSchema, type User } from '@isthmus/contracts';
import { readAll } from '../../connection/readAll.ts';
import { UsageError } from '../../UsageError.ts';

const same = (left: string | null | undefined, right: string): boolean => left?.toLowerCase() === right.toLowerCase();

const isCalled = (user: User, name: string): boolean =>
  same(user.userName, name) || same(user.upn, name) || same(user.mail, name) || same(user.online?.address, name);

/**
 * The person with this user name, UPN or address; undefined when nobody is called so.
 * @throws UsageError when more than one person is
 */
export async function findUser(api: ApiClient, name: string): Promise<User | undefined> {
  for (const filter of ['all', 'removed'] as const) {
    const { items } = await readAll((page) => api.call('listUsers', { query: { q: name, filter, ...page } }));
    const found = items.filter((user) => isCalled(user, name));
    if (found.length > 1) {
      throw new UsageError(
        `${name} names ${found.length} people: ${found.map((user) => user.upn ?? user.userName).join(', ')}.`,
      );
    }
    if (found[0] !== undefined) return found[0];
  }
  return undefined;
}

/**
 * Id of the person with this user name, UPN, address or id.
 * @throws UsageError when nobody or more than one person is called so
 */
export async function resolveUser(api: ApiClient, name: string): Promise<string> {
  if (idSchema.safeParse(name).success) return name;
  const user = await findUser(api, name);
  if (user !== undefined) return user.id;
  throw new UsageError(`Nobody is called ${name}. Give a user name, a UPN, an address or an id.`);
}

/** {@link resolveUser} for several. */
export async function resolveUsers(api: ApiClient, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push(await resolveUser(api, name));
  return ids;
}
