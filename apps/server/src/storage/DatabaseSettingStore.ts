import { type Clock, DomainError } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { SettingStore } from './SettingStore.ts';
import type { Database } from './schema.ts';

export class DatabaseSettingStore implements SettingStore {
  readonly #database: Kysely<Database>;
  readonly #clock: Clock;

  constructor(database: Kysely<Database>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async find<Schema extends z.ZodType>(name: string, schema: Schema): Promise<z.output<Schema> | undefined> {
    const row = await this.#database.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
    if (row === undefined) return undefined;
    const parsed = schema.safeParse(row.value);
    if (parsed.success) return parsed.data;
    throw new DomainError({
      code: 'storage.setting-damaged',
      message: `The stored setting ${name} cannot be read.`,
      remedy: 'Set it again, or restore the database from a backup.',
      parameters: { name },
      cause: parsed.error,
    });
  }

  async put(name: string, value: object): Promise<void> {
    const row = { value: JSON.stringify(value), updated_at: this.#clock.now() };
    await this.#database
      .insertInto('setting')
      .values({ name, ...row })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute();
  }

  async remove(name: string): Promise<void> {
    await this.#database.deleteFrom('setting').where('name', '=', name).execute();
  }
}
