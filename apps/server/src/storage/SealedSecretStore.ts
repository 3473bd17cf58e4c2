import type { Clock, Secret } from '@isthmus/kernel';
import { openAtRest, sealAtRest, textOf } from '@isthmus/sealing';
import type { Kysely } from 'kysely';
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
    return textOf(openAtRest(this.#masterKey, row.sealed.toString('base64'), contextOf(name)));
  }

  async remove(name: string): Promise<void> {
    await this.#database.deleteFrom('secret').where('name', '=', name).execute();
  }
}
