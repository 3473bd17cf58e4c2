import type { LicenseView } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';

/** Products of the tenant from the mirror, by name. */
export async function listLicenses(platform: Platform): Promise<LicenseView[]> {
  const rows = await platform.database.selectFrom('license').selectAll().orderBy('name').orderBy('sku_id').execute();
  return rows.map((row) => ({
    skuId: row.sku_id,
    skuPartNumber: row.sku_part_number,
    name: row.name,
    total: row.total,
    used: row.used,
    // A subscription that lost seats can have more in use than it has.
    free: Math.max(0, row.total - row.used),
    state: row.state,
  }));
}
