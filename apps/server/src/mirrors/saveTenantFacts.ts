import type { License, RoleHolder, TenantDomain } from '@isthmus/microsoft365';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../storage/schema.ts';

async function saveLicenses(transaction: Kysely<Database>, licenses: readonly License[], now: Date): Promise<boolean> {
  const rows = licenses.map((license) => ({
    sku_id: license.skuId,
    sku_part_number: license.skuPartNumber,
    name: license.name,
    total: license.total,
    used: license.used,
    state: license.state,
    seen_at: now,
    service_plans: license.servicePlans,
  }));
  const written = await sql<{ sku_id: string }>`
    insert into license select * from jsonb_populate_recordset(null::license, ${JSON.stringify(rows)}::jsonb)
    on conflict (sku_id) do update set sku_part_number = excluded.sku_part_number, name = excluded.name,
      total = excluded.total, used = excluded.used, state = excluded.state, seen_at = excluded.seen_at,
      service_plans = excluded.service_plans
    where (license.name, license.total, license.used, license.state, license.service_plans)
      is distinct from (excluded.name, excluded.total, excluded.used, excluded.state, excluded.service_plans)
    returning sku_id`.execute(transaction);
  const ids = licenses.map((license) => license.skuId);
  const gone = await sql`delete from license where sku_id <> all(${ids}::uuid[]) returning sku_id`.execute(transaction);
  return written.rows.length + gone.rows.length > 0;
}

async function saveDomains(transaction: Kysely<Database>, domains: readonly TenantDomain[]): Promise<boolean> {
  const rows = domains.map((domain) => ({
    name: domain.name,
    is_default: domain.isDefault,
    is_initial: domain.isInitial,
    is_verified: domain.isVerified,
  }));
  const written = await sql`
    insert into tenant_domain
    select * from jsonb_populate_recordset(null::tenant_domain, ${JSON.stringify(rows)}::jsonb)
    on conflict (name) do update set is_default = excluded.is_default, is_initial = excluded.is_initial,
      is_verified = excluded.is_verified
    where (tenant_domain.is_default, tenant_domain.is_initial, tenant_domain.is_verified)
      is distinct from (excluded.is_default, excluded.is_initial, excluded.is_verified)
    returning name`.execute(transaction);
  const names = domains.map((domain) => domain.name);
  const gone = await sql`delete from tenant_domain where name <> all(${names}::text[]) returning name`.execute(
    transaction,
  );
  return written.rows.length + gone.rows.length > 0;
}

async function saveRoles(transaction: Kysely<Database>, holders: readonly RoleHolder[]): Promise<boolean> {
  const rows = holders.map(({ id, isGlobalAdministrator }) => ({
    holder_id: id,
    is_global_administrator: isGlobalAdministrator,
  }));
  const written = await sql`
    insert into tenant_role select * from jsonb_populate_recordset(null::tenant_role, ${JSON.stringify(rows)}::jsonb)
    on conflict (holder_id) do update set is_global_administrator = excluded.is_global_administrator
    where tenant_role.is_global_administrator <> excluded.is_global_administrator
    returning holder_id`.execute(transaction);
  const ids = holders.map(({ id }) => id);
  const gone = await sql`delete from tenant_role where holder_id <> all(${ids}::uuid[]) returning holder_id`.execute(
    transaction,
  );
  return written.rows.length + gone.rows.length > 0;
}

/** `roles` undefined: they could not be read, so what is known stays. @returns true when anything is different now */
export async function saveTenantFacts(
  database: Kysely<Database>,
  facts: {
    readonly domains: readonly TenantDomain[];
    readonly licenses: readonly License[];
    readonly roles: readonly RoleHolder[] | undefined;
    readonly now: Date;
  },
): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    const licenses = await saveLicenses(transaction, facts.licenses, facts.now);
    const roles = facts.roles === undefined ? false : await saveRoles(transaction, facts.roles);
    return (await saveDomains(transaction, facts.domains)) || licenses || roles;
  });
}
