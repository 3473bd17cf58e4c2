import type { ApiClient } from '@isthmus/api-client';
import { idSchema } from '@isthmus/contracts';
import { readAll } from '../../connection/readAll.ts';
import { UsageError } from '../../UsageError.ts';

/**
 * Id of the online account with this address or id.
 * @throws UsageError when the tenant has none
 */
export async function resolveOnlineAccount(api: ApiClient, address: string): Promise<string> {
  if (idSchema.safeParse(address).success) return address;
  for (const filter of ['all', 'removed'] as const) {
    const { items } = await readAll((page) =>
      api.call('listOnlineAccounts', { query: { q: address, filter, ...page } }),
    );
    const found = items.find((item) => item.address.toLowerCase() === address.toLowerCase());
    if (found !== undefined) return found.id;
  }
  throw new UsageError(`${address} is not an online account of the tenant. Give an address or an id.`);
}
