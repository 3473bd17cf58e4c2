import type { Clock, Secret } from '@isthmus/kernel';
import { openAtRest, sealAtRest, textOf } from '@isthmus/sealing';
import { type Kysely, sql } from 'kysely';
import type { SecretStore } from './SecretStore.ts';
import type { Database } from './schema.ts';

const contextOf = (name: string): string => `isthmus secret ${name}`;

/** Secrets in the database, readable only together with the master key of the data folder. */
export class SealedSecretStore implements SecretStore {
  readonly #database: Kysely<Database>;
  readonly #masterKey: Secret<Uint8Array>;
  readonly #clock: Clock;

  constructor(database: Kysely<Database>, masterKey: Secret<Uint8Array>, clock: Clock) {
    this.#database = database;
    this.#masterKey = masterKey;
    this.#clock = clock;
  }

  async put(name: string, secret: Secret): Promise<void> {
    const sealed = Buffer.from(sealAtRest(this.#masterKey, secret, contextOf(name)), 'base64');
    const created_at = this.#clock.now();
    await this.#database
      .insertInto('secret')
      .values({ name, sealed, created_at })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ sealed, created_at }))
      .execute();
  }

  async find(name: string): Promise<Secret | undefined> {
    const row = await this.#database.selectFrom('secret').select('sealed').where('name', '=', name).executeTakeFirst();
    if (row === undefined) return undefined;
    return this.#open(name, row.sealed);
  }

  async take(names: readonly string[], notBefore: Date): Promise<ReadonlyMap<string, Secret>> {
    const rows = await this.#database
      .deleteFrom('secret')
      .where(sql<boolean>`name = any(${[...names]}::text[])`)
      .returning(['name', 'sealed', 'created_at'])
      .execute();
    const fresh = rows.filter((row) => row.created_at >= notBefore);
    return new Map(fresh.map(({ name, sealed }) => [name, this.#open(name, sealed)]));
  }

  async remove(name: string): Promise<void> {
    await this.#database.deleteFrom('secret').where('name', '=', name).execute();
  }

  #open(name: string, sealed: Buffer): Secret {
    return textOf(openAtRest(this.#masterKey, sealed.toString('base64'), contextOf(name)));
  }
}
