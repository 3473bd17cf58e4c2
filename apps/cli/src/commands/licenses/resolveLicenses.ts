import type { ApiClient } from '@isthmus/api-client';
import { UsageError } from '../../UsageError.ts';

/**
 * Ids of products given by id, part number (`SPB`) or name.
 * @throws UsageError naming the product the tenant does not have, and those it has
 */
export async function resolveLicenses(api: ApiClient, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const { items } = await api.call('listLicenses', {});
  return names.map((name) => {
    const wanted = name.toLowerCase();
    const found = items.find((license) =>
      [license.skuId, license.skuPartNumber, license.name].some((text) => text.toLowerCase() === wanted),
    );
    if (found !== undefined) return found.skuId;
    throw new UsageError(
      `The tenant has no product ${name}. It has: ${items.map((license) => license.skuPartNumber).join(', ')}.`,
    );
  });
}
