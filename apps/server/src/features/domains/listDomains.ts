import type { domainSchema } from '@isthmus/contracts';
import type { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';

/** Domains of the tenant from the mirror, the default first. */
export async function listDomains(platform: Platform): Promise<z.output<typeof domainSchema>[]> {
  const rows = await platform.database
    .selectFrom('tenant_domain')
    .selectAll()
    .orderBy('is_default', 'desc')
    .orderBy('is_initial')
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    isDefault: row.is_default,
    isInitial: row.is_initial,
    isVerified: row.is_verified,
  }));
}
