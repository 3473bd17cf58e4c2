import { DomainError } from '@isthmus/kernel';
import { type Kysely, sql } from 'kysely';
import { type Migration, migrations } from './migrations/index.ts';

/** Any number would do; it must only be the same in every node. */
const MIGRATION_LOCK = 7_482_001;

/**
 * Brings the schema up to date. Several nodes may start at once: the first one to get the lock migrates, the others
 * wait and find it done. All missing migrations are one transaction, so a failure leaves the old schema whole.
 *
 * @returns names of the migrations that were applied now
 */
export async function migrate<Schema>(
  database: Kysely<Schema>,
  known: readonly Migration[] = migrations,
): Promise<readonly string[]> {
  return database.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(transaction);
    await sql`create table if not exists migration (name text primary key, applied_at timestamptz not null)`.execute(
      transaction,
    );
    const { rows } = await sql<{ name: string }>`select name from migration`.execute(transaction);
    const applied = new Set(rows.map((row) => row.name));
    const unknown = [...applied].filter((name) => !known.some((migration) => migration.name === name));
    if (unknown.length > 0) throw newerDatabase(unknown);
    const missing = known.filter((migration) => !applied.has(migration.name));
    for (const migration of missing) {
      // A migration knows the tables of its own time only, never today's schema.
      await migration.up(transaction as unknown as Kysely<unknown>);
      await sql`insert into migration values (${migration.name}, now())`.execute(transaction);
    }
    return missing.map((migration) => migration.name);
  });
}

/** Names of the migrations that the next start will apply. Changes nothing. */
export async function findPendingMigrations<Schema>(database: Kysely<Schema>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from migration`.execute(database);
  const applied = new Set(rows.map((row) => row.name));
  return migrations.filter((migration) => !applied.has(migration.name)).map((migration) => migration.name);
}

function newerDatabase(unknown: readonly string[]): DomainError {
  return new DomainError({
    code: 'storage.database-newer',
    message: `The database was used by a newer release of Isthmus (it has ${unknown.join(', ')}).`,
    remedy: 'Start that release, or restore a backup from before the upgrade.',
  });
}
