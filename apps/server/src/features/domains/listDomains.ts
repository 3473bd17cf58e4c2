import type { Domain } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { stateOf } from './presentDomain.ts';

/** Domains of the tenant from the mirror, the default first; then those that wait for their proof. */
export async function listDomains({ database, connections }: Platform): Promise<Domain[]> {
  // What is remembered of a disabled integration is no domain of a tenant.
  if (connections.findMicrosoft365() === undefined) return [];
  const [known, watched] = await Promise.all([
    database
      .selectFrom('tenant_domain')
      .selectAll()
      .orderBy('is_default', 'desc')
      .orderBy('is_initial')
      .orderBy('name')
      .execute(),
    database.selectFrom('watched_domain').selectAll().orderBy('name').execute(),
  ]);
  const byName = new Map(watched.map((row) => [row.name, row]));
  const verified = known.map((row): Domain => {
    const watch = byName.get(row.name);
    byName.delete(row.name);
    return {
      name: row.name,
      shown: watch?.shown ?? row.name,
      isDefault: row.is_default,
      isInitial: row.is_initial,
      isVerified: row.is_verified,
      state: watch === undefined ? null : stateOf(watch),
      checkedAt: watch?.checked_at?.toISOString() ?? null,
    };
  });
  const waiting = [...byName.values()].map(
    (row): Domain => ({
      name: row.name,
      shown: row.shown,
      isDefault: false,
      isInitial: false,
      isVerified: row.verified_at !== null,
      state: stateOf(row),
      checkedAt: row.checked_at?.toISOString() ?? null,
    }),
  );
  return [...verified, ...waiting];
}
