import { isDomainError } from '@isthmus/kernel';
import type { AccountSignIn, Microsoft365 } from '@isthmus/microsoft365';
import { type Kysely, sql } from 'kysely';
import type { Platform } from '../composition/Platform.ts';
import type { Database } from '../storage/schema.ts';

/** Microsoft itself is some hours late. */
const EVERY_MS = 6 * 60 * 60_000;
const RETRY_MS = 10 * 60_000;
/** The tenant has no Entra ID P1, or an integration of before has no permission: everything else goes on without. */
const NOT_FOR_US = ['online.premium-missing', 'online.not-permitted'];

async function save(database: Kysely<Database>, signIns: readonly AccountSignIn[], readAt: Date): Promise<void> {
  const rows = signIns.map(({ id, lastSignInAt }) => ({ id, at: lastSignInAt?.toISOString() ?? null }));
  // An account that the mirror does not know yet is told again next time.
  await sql`
    insert into online_sign_in (online_account_id, last_sign_in_at, read_at)
    select o.id, told.at, ${readAt} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told (id uuid, at timestamptz)
      join online_account o on o.id = told.id
    on conflict (online_account_id) do update
      set last_sign_in_at = excluded.last_sign_in_at, read_at = excluded.read_at`.execute(database);
}

/** Reads a few times a day when everybody signed in last, beside the mirror: of many accounts it takes minutes. */
export class SignInReading {
  readonly #platform: Platform;
  #nextAt: number | undefined;
  #running: Promise<void> | undefined;
  #ending = new AbortController();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Begins a reading when one is due; nobody waits for it. */
  readWhenDue(microsoft365: Microsoft365): void {
    if (this.#running !== undefined || this.#platform.clock.now().getTime() < (this.#nextAt ?? 0)) return;
    this.#running = this.#readQuietly(microsoft365).finally(() => {
      this.#running = undefined;
    });
  }

  /** When nothing is being read. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** Ends what is going on; the next tenant is asked anew. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
    this.#ending = new AbortController();
    this.#nextAt = undefined;
  }

  async #readQuietly(microsoft365: Microsoft365): Promise<void> {
    const { clock, logger } = this.#platform;
    const { signal } = this.#ending;
    const inMs = (wait: number): number => clock.now().getTime() + wait;
    try {
      this.#nextAt ??= await this.#afterLast();
      if (clock.now().getTime() < this.#nextAt) return;
      await this.#read(microsoft365, signal);
      this.#nextAt = inMs(EVERY_MS);
    } catch (error) {
      const isForOthers = NOT_FOR_US.some((code) => isDomainError(error, code));
      this.#nextAt = inMs(isForOthers ? EVERY_MS : RETRY_MS);
      if (!signal.aborted) logger.debug({ error: String(error) }, 'the sign-ins of the tenant were not read');
    }
  }

  async #read(microsoft365: Microsoft365, signal: AbortSignal): Promise<void> {
    const { clock, database, events } = this.#platform;
    const readAt = clock.now();
    const signIns = await microsoft365.accounts.listSignIns({ lane: 'background', signal });
    signal.throwIfAborted();
    await save(database, signIns, readAt);
    events.publish({ topic: 'users', ids: null });
    events.publish({ topic: 'integration' });
  }

  /** A restart is no reason to read again. */
  async #afterLast(): Promise<number> {
    const { database } = this.#platform;
    const last = await database
      .selectFrom('online_sign_in')
      .select(({ fn }) => fn.max('read_at').as('at'))
      .executeTakeFirst();
    return last?.at == null ? 0 : last.at.getTime() + EVERY_MS;
  }
}
