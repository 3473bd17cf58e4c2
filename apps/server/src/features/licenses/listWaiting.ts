import type { WaitingForLicense } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';

/** People who wait for a seat, the longest wait first. */
export async function listWaiting({ database }: Platform): Promise<WaitingForLicense[]> {
  const rows = await database
    .selectFrom('license_wait')
    .innerJoin('directory_user', 'directory_user.id', 'license_wait.user_id')
    .leftJoin('license', 'license.sku_id', 'license_wait.sku_id')
    .select([
      'license_wait.user_id',
      'license_wait.sku_id',
      'asked_by',
      'asked_at',
      'user_name',
      'display_name',
      'name',
    ])
    .orderBy('asked_at')
    .orderBy('display_name')
    .execute();
  return rows.map((row) => ({
    userId: row.user_id,
    userName: row.user_name,
    displayName: row.display_name || row.user_name,
    skuId: row.sku_id,
    name: row.name ?? row.sku_id,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
  }));
}
