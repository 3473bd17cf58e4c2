import { type Kysely, sql } from 'kysely';
import { upsertOnline, upsertUsers } from '../features/people/index.ts';
import type { Database } from '../storage/schema.ts';
import { sampleOnline, sampleUser } from './samplePeople.ts';

const PACK = 5_000;

/** So many linked people, all in step, for measurements. */
export async function fillLinkedPeople(database: Kysely<Database>, count: number): Promise<void> {
  const now = new Date();
  for (let from = 0; from < count; from += PACK) {
    const numbers = Array.from({ length: Math.min(PACK, count - from) }, (_, index) => from + index);
    await upsertUsers(
      database,
      numbers.map((number) => sampleUser(number)),
      now,
    );
    await upsertOnline(
      database,
      numbers.map((number) => sampleOnline(number)),
      now,
    );
  }
  await sql`insert into link (user_id, online_account_id, anchor, created_at, created_by, address_follows)
    select u.id, o.id, u.anchor, now(), 'bench', 'user-name'
    from directory_user u join online_account o on o.immutable_id = u.anchor`.execute(database);
  await sql`analyze`.execute(database);
}

/** One in a hundred of them gets another department online. */
export async function letOnePercentDiffer(database: Kysely<Database>): Promise<void> {
  await sql`update online_account set department = 'Elsewhere' where upn like '%00@contoso.example'`.execute(database);
}
