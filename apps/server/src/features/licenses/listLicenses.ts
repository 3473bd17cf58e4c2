import type { LicenseView } from '@isthmus/contracts';
import { sql } from 'kysely';
import type { Platform } from '../../composition/Platform.ts';
import { knownSignIn, notSignedIn } from '../people/index.ts';

/** Accounts of each product that have not signed in for long; undefined when the tenant does not tell. */
async function countNotSignedIn({ database, clock }: Platform): Promise<ReadonlyMap<string, number> | undefined> {
  const now = clock.now();
  const { rows } = await sql<{ sku_id: string; accounts: number }>`
    select sku_id, count(*) filter (where ${notSignedIn(now)})::int as accounts
    from online_account o join online_sign_in s on ${knownSignIn(now)} cross join unnest(o.sku_ids) as sku_id
    where o.deleted_at is null group by sku_id`.execute(database);
  return rows.length === 0 ? undefined : new Map(rows.map((row) => [row.sku_id, row.accounts]));
}

/** Products of the tenant from the mirror, by name. */
export async function listLicenses(platform: Platform): Promise<LicenseView[]> {
  const [rows, waits, idle] = await Promise.all([
    platform.database.selectFrom('license').selectAll().orderBy('name').orderBy('sku_id').execute(),
    platform.database
      .selectFrom('license_wait')
      .select(({ fn }) => ['sku_id', fn.countAll<number>().as('people')])
      .groupBy('sku_id')
      .execute(),
    countNotSignedIn(platform),
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
    notSignedIn: idle === undefined ? null : (idle.get(row.sku_id) ?? 0),
    state: row.state,
    servicePlans: row.service_plans,
  }));
}
