import type { Notice } from '@isthmus/contracts';
import type { Clock } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import type { Database } from '../storage/schema.ts';

/** Contacts are frequent and alike: they are written down only so often. */
const CONTACT_EVERY_MS = 5_000;

/** Position and health of one feed, as the screens and the next start read it. */
export class FeedRecord {
  readonly #name: 'directory' | 'tenant';
  readonly #database: Kysely<Database>;
  readonly #clock: Clock;
  #contactWrittenAt = 0;
  #problemCode: string | undefined;

  constructor(name: 'directory' | 'tenant', database: Kysely<Database>, clock: Clock) {
    this.#name = name;
    this.#database = database;
    this.#clock = clock;
  }

  get hasProblem(): boolean {
    return this.#problemCode !== undefined;
  }

  async load(): Promise<{ readonly position: string | undefined; readonly source: string | undefined }> {
    const row = await this.#database.selectFrom('feed').selectAll().where('name', '=', this.#name).executeTakeFirst();
    this.#problemCode = row?.problem?.code;
    return { position: row?.position ?? undefined, source: row?.source ?? undefined };
  }

  /** In the transaction that applies the changes up to this position. */
  async savePosition(transaction: Kysely<Database>, position: string, source: string): Promise<void> {
    const now = this.#clock.now();
    const values = { position, source, updated_at: now, contacted_at: now, problem: null };
    await transaction
      .insertInto('feed')
      .values({ name: this.#name, ...values })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
      .execute();
    this.#noteContact(now);
  }

  /** The side answered and had nothing new. @returns true when it had a problem before */
  async contacted(): Promise<boolean> {
    const now = this.#clock.now();
    const recovered = this.hasProblem;
    if (!recovered && now.getTime() - this.#contactWrittenAt < CONTACT_EVERY_MS) return false;
    await this.#database
      .updateTable('feed')
      .set({ contacted_at: now, problem: null })
      .where('name', '=', this.#name)
      .execute();
    this.#noteContact(now);
    return recovered;
  }

  /** @returns true when that is news */
  async failed(problem: Notice): Promise<boolean> {
    if (this.#problemCode === problem.code) return false;
    const values = { problem: JSON.stringify(problem) };
    await this.#database
      .insertInto('feed')
      .values({ name: this.#name, position: null, source: null, ...values })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
      .execute();
    this.#problemCode = problem.code;
    return true;
  }

  /** What it belonged to is gone. */
  async forget(): Promise<void> {
    await this.#database.deleteFrom('feed').where('name', '=', this.#name).execute();
    this.#problemCode = undefined;
    this.#contactWrittenAt = 0;
  }

  #noteContact(now: Date): void {
    this.#contactWrittenAt = now.getTime();
    this.#problemCode = undefined;
  }
}
