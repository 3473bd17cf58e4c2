import type { ApiClient } from '@isthmus/api-client';
import { idSchema } from '@isthmus/contracts';
import { readAll } from '../../connection/readAll.ts';
import { UsageError } from '../../UsageError.ts';
import { findUser } from '../users/resolveUser.ts';

async function findOnlineAccount(api: ApiClient, address: string): Promise<string | undefined> {
  for (const filter of ['all', 'removed'] as const) {
    const { items } = await readAll((page) =>
      api.call('listOnlineAccounts', { query: { q: address, filter, ...page } }),
    );
    const found = items.find((item) => item.address.toLowerCase() === address.toLowerCase());
    if (found !== undefined) return found.id;
  }
  return undefined;
}

/**
 * Id of the online account with this address or id.
 * @throws UsageError when the tenant has none
 */
export async function resolveOnlineAccount(api: ApiClient, address: string): Promise<string> {
  if (idSchema.safeParse(address).success) return address;
  const found = await findOnlineAccount(api, address);
  if (found !== undefined) return found;
  throw new UsageError(`${address} is not an online account of the tenant. Give an address or an id.`);
}

/** Ids of people and of online accounts that no user has. */
export interface ResolvedAccounts {
  readonly ids: string[];
  readonly accountIds: string[];
}

/**
 * Whom commands about the online side name: people, by user name, UPN, address or id, and online accounts without a
 * user, by address.
 * @throws UsageError naming what is neither
 */
export async function resolveAccounts(api: ApiClient, names: readonly string[]): Promise<ResolvedAccounts> {
  const resolved: ResolvedAccounts = { ids: [], accountIds: [] };
  for (const name of names) {
    if (idSchema.safeParse(name).success) {
      resolved.ids.push(name);
      continue;
    }
    const user = await findUser(api, name);
    // The e-mail property of somebody without an online account may be the address of an account that nobody has.
    const accountId = user === undefined || user.online === null ? await findOnlineAccount(api, name) : undefined;
    if (accountId !== undefined) resolved.accountIds.push(accountId);
    else if (user !== undefined) resolved.ids.push(user.id);
    else {
      throw new UsageError(`${name} is neither a person nor an online account. Give a user name, a UPN or an address.`);
    }
  }
  return resolved;
}
