import { type RawBuilder, sql } from 'kysely';

/** `column = any (ids)`: one parameter, however many ids. */
export function isAnyOf(column: string, ids: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} = any(${[...ids]}::uuid[])`;
}
