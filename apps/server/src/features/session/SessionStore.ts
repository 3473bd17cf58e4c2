import type { Role } from '@isthmus/contracts';
import type { Kysely, Selectable } from 'kysely';
import type { Database, SessionTable } from '../../storage/schema.ts';

export type SessionRow = Selectable<SessionTable>;

/** Sessions stay in the table for a while after their end: they tell which addresses a person is known at. */
const KEEP_ENDED_MS = 30 * 24 * 60 * 60_000;

export class SessionStore {
  readonly #database: Kysely<Database>;

  constructor(database: Kysely<Database>) {
    this.#database = database;
  }

  async insert(row: SessionRow): Promise<void> {
    await this.#database.insertInto('session').values(row).execute();
  }

  findByTokenHash(hash: Buffer): Promise<SessionRow | undefined> {
    return this.#database.selectFrom('session').selectAll().where('token_hash', '=', hash).executeTakeFirst();
  }

  find(id: string): Promise<SessionRow | undefined> {
    return this.#database.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst();
  }

  listOpen(now: Date, userId?: string): Promise<readonly SessionRow[]> {
    let query = this.#database.selectFrom('session').selectAll().where('expires_at', '>', now);
    if (userId !== undefined) query = query.where('user_id', '=', userId);
    return query.orderBy('last_used_at', 'desc').execute();
  }

  async touch(id: string, now: Date): Promise<void> {
    await this.#database.updateTable('session').set({ last_used_at: now }).where('id', '=', id).execute();
  }

  async saveVerified(id: string, role: Role, now: Date): Promise<void> {
    await this.#database.updateTable('session').set({ role, verified_at: now }).where('id', '=', id).execute();
  }

  async end(id: string, now: Date): Promise<void> {
    await this.#database.updateTable('session').set({ expires_at: now }).where('id', '=', id).execute();
  }

  async isKnownAddress(userId: string, address: string): Promise<boolean> {
    const row = await this.#database
      .selectFrom('session')
      .select('id')
      .where('user_id', '=', userId)
      .where('address', '=', address)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async removeOld(now: Date): Promise<void> {
    const before = new Date(now.getTime() - KEEP_ENDED_MS);
    await this.#database.deleteFrom('session').where('expires_at', '<', before).execute();
  }
}
