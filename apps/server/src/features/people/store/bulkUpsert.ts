import { type Kysely, sql } from 'kysely';
import type { Database } from '../../../storage/schema.ts';

/** PostgreSQL stores neither the zero character nor half surrogate pairs; one odd value must not stop a mirror. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
}

/**
 * Inserts or updates many whole rows in one statement (one parameter, whatever their number) and tells which rows
 * became different. `update` = the columns that are compared and taken over; `always` = further assignments.
 */
export async function bulkUpsert(
  database: Kysely<Database>,
  request: {
    readonly table: 'directory_user' | 'online_account';
    readonly rows: readonly { readonly id: string }[];
    readonly update: readonly string[];
    readonly always: readonly { readonly column: string; readonly expression: string; readonly changed: string }[];
  },
): Promise<readonly string[]> {
  if (request.rows.length === 0) return [];
  const { table, update, always } = request;
  // A feed may name an object twice; the last state counts.
  const rows = [...new Map(request.rows.map((row) => [row.id, row])).values()];
  // Named one by one: a generated column takes no value.
  const columns = sql.join([...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => sql.ref(name)));
  const assignments = [
    ...update.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
    ...always.map(({ column, expression }) => sql`${sql.ref(column)} = ${sql.raw(expression)}`),
  ];
  const differs = sql.join(
    [
      sql`(${sql.join(update.map((name) => sql.ref(`${table}.${name}`)))})
        is distinct from (${sql.join(update.map((name) => sql.ref(`excluded.${name}`)))})`,
      ...always.map(({ changed }) => sql.raw(changed)),
    ],
    sql` or `,
  );
  const result = await sql<{ id: string }>`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows, storable)}::jsonb)
    on conflict (id) do update set ${sql.join(assignments)} where ${differs}
    returning id`.execute(database);
  return result.rows.map((row) => row.id);
}
