import { type RawBuilder, sql } from 'kysely';

/** For each word of a text, whether a row's `search_text` holds it somewhere; letters of either case are the same. */
export function searchWords(text: string | undefined): readonly RawBuilder<unknown>[] {
  const words = (text ?? '').trim().toLowerCase().split(/\s+/).filter(Boolean);
  return words.map((word) => sql`search_text like ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`}`);
}
