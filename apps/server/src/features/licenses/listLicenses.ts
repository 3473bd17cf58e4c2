import type { LicenseView } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';

/** Products of the tenant from the mirror, by name. */
export async function listLicenses(platform: Platform): Promise<LicenseView[]> {
  const [rows, waits] = await Promise.all([
    platform.database.selectFrom('license').selectAll().orderBy('name').orderBy('sku_id').execute(),
    platform.database
      .selectFrom('license_wait')
      .select(({ fn }) => ['sku_id', fn.countAll<number>().as('people')])
      .groupBy('sku_id')
      .execute(),
  ]);
  const waiting = new Map(waits.map((row) => [row.sku_id, Number(row.people)]));
  return rows.map((row) => ({
    skuId: row.sku_id,
    skuPartNumber: row.sku_part_number,
    name: row.name,
    total: row.total,
    used: row.used,
    // A subscription that lost seats can have more in use than it has.
    free: Math.max(0, row.total - row.used),
    waiting: waiting.get(row.sku_id) ?? 0,
    state: row.state,
    servicePlans: row.service_plans,
  }));
}
