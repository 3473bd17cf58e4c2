import { type Kysely, sql } from 'kysely';
import type { Platform } from '../../composition/Platform.ts';
import type { Database } from '../../storage/schema.ts';
import type { Person, PersonStore } from '../people/index.ts';
import { wantedAddress } from './planAddress.ts';
import { planPerson, type SyncPlan } from './planPerson.ts';
import { SYNC_SETTINGS, type SyncSettings, syncSettingsSchema } from './syncSettings.ts';

/** Who has these addresses (lower case) in the tenant: account ids by address. */
async function findHolders(
  database: Kysely<Database>,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const holders = new Map<string, Set<string>>();
  if (addresses.length === 0) return holders;
  const wanted = [...addresses];
  const proxies = wanted.map((address) => `smtp:${address}`);
  const result = await sql<{ id: string; address: string }>`
    select id, lower(upn) as address from online_account where deleted_at is null and lower(upn) = any(${wanted})
    union all
    select id, substr(lower(proxy), 6) from online_account, unnest(proxy_addresses) as proxy
    where deleted_at is null and lower(proxy) = any(${proxies})`.execute(database);
  for (const { id, address } of result.rows) {
    const found = holders.get(address) ?? new Set();
    holders.set(address, found.add(id));
  }
  return holders;
}

/** Reads people as they are now and plans for them. */
export class PlanReader {
  readonly #platform: Platform;
  readonly #people: PersonStore;

  constructor(platform: Platform, people: PersonStore) {
    this.#platform = platform;
    this.#people = people;
  }

  async settings(): Promise<SyncSettings> {
    const found = await this.#platform.settings.find(SYNC_SETTINGS, syncSettingsSchema);
    return found ?? syncSettingsSchema.parse({});
  }

  people(userIds: readonly string[]): Promise<readonly Person[]> {
    return this.#people.findMany(userIds);
  }

  async planMany(
    userIds: readonly string[],
    changedOn: (userId: string) => 'directory' | 'online' | undefined,
  ): Promise<readonly { readonly person: Person; readonly plan: SyncPlan }[]> {
    return this.plan(await this.people(userIds), changedOn);
  }

  async plan(
    people: readonly Person[],
    changedOn: (userId: string) => 'directory' | 'online' | undefined,
    given?: SyncSettings,
  ): Promise<readonly { readonly person: Person; readonly plan: SyncPlan }[]> {
    const settings = given ?? (await this.settings());
    const addresses = people.map(wantedAddress).filter((address) => address !== undefined);
    const holders = await findHolders(this.#platform.database, addresses);
    const now = this.#platform.clock.now();
    return people.map((person) => {
      const isAddressTaken = (address: string): boolean =>
        [...(holders.get(address) ?? [])].some((id) => id !== person.online?.id);
      const plan = planPerson({ person, settings, now, changedOn: changedOn(person.user.id), isAddressTaken });
      return { person, plan };
    });
  }
}
