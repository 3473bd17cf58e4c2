import type { Notice } from '@isthmus/contracts';
import type { Clock } from '@isthmus/kernel';
import type { Kysely, Selectable } from 'kysely';
import { isAnyOf } from '../../storage/isAnyOf.ts';
import type { Database, PasswordTable } from '../../storage/schema.ts';
import { passwordOrder } from '../people/index.ts';

export interface SealedPassword {
  readonly userId: string;
  /** `pwdLastSet`; part of what the sealing is bound to. */
  readonly version: string;
  readonly changedAt: Date;
  readonly sealed: Buffer;
  readonly attempts: number;
  readonly receivedAt: Date | undefined;
}

type Row = Selectable<PasswordTable>;

function sealedFromRow(row: Row): SealedPassword | undefined {
  const { sealed, version, changed_at: changedAt } = row;
  if (sealed === null || version === null || changedAt === null) return undefined;
  return {
    userId: row.user_id,
    version,
    changedAt,
    sealed,
    attempts: row.attempts,
    receivedAt: row.received_at ?? undefined,
  };
}

type Versioned = Pick<SealedPassword, 'version' | 'changedAt'>;

/** Positive when the password is newer than the known one, negative when it is older. */
function compareWithKnown(next: Versioned, row: Row): number {
  if (row.version === null || row.changed_at === null) return 1;
  return Number(passwordOrder(next) - passwordOrder({ version: row.version, changedAt: row.changed_at }));
}

const isNewer = (next: Versioned, row: Row): boolean => compareWithKnown(next, row) > 0;
const isOlder = (next: Versioned, row: Row): boolean => compareWithKnown(next, row) < 0;

/** The outbox: one row a person, the newest password only. */
export class PasswordTableStore {
  readonly #database: Kysely<Database>;
  readonly #clock: Clock;

  constructor(database: Kysely<Database>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /**
   * Keeps the password unless it, or a newer one, is known. Durable when it returns.
   * @param choice.isCurrent the directory holds it now, whatever its time says
   */
  async keep(
    next: Pick<SealedPassword, 'userId' | 'version' | 'changedAt' | 'sealed'>,
    choice: { readonly isCurrent: boolean } = { isCurrent: false },
  ): Promise<'kept' | 'known' | 'older'> {
    const now = this.#clock.now();
    const values = {
      state: 'waiting' as const,
      version: next.version,
      changed_at: next.changedAt,
      received_at: now,
      delivered_at: null,
      delay_ms: null,
      reason: null,
      attempts: 0,
      next_attempt_at: now,
      sealed: next.sealed,
    };
    return this.#database.transaction().execute(async (transaction) => {
      const inserted = await transaction
        .insertInto('password')
        .values({ user_id: next.userId, ...values })
        .onConflict((conflict) => conflict.column('user_id').doNothing())
        .returning('user_id')
        .executeTakeFirst();
      if (inserted !== undefined) return 'kept';
      const row = await transaction
        .selectFrom('password')
        .selectAll()
        .where('user_id', '=', next.userId)
        .forUpdate()
        .executeTakeFirst();
      if (row?.version === next.version) return 'known';
      if (row !== undefined && !choice.isCurrent && !isNewer(next, row)) return isOlder(next, row) ? 'older' : 'known';
      await transaction.updateTable('password').set(values).where('user_id', '=', next.userId).execute();
      return 'kept';
    });
  }

  async findWaiting(userIds: readonly string[]): Promise<readonly SealedPassword[]> {
    const rows = await this.#database
      .selectFrom('password')
      .selectAll()
      .where(isAnyOf('user_id', userIds))
      .where('sealed', 'is not', null)
      .execute();
    return rows.map(sealedFromRow).filter((waiting) => waiting !== undefined);
  }

  /** Linked people whose password is due to be sent, the longest waiting first. */
  async listDue(limit: number): Promise<readonly string[]> {
    const rows = await this.#database
      .selectFrom('password')
      .innerJoin('link', 'link.user_id', 'password.user_id')
      .innerJoin('online_account', 'online_account.id', 'link.online_account_id')
      .select('password.user_id')
      .where('password.sealed', 'is not', null)
      .where('password.next_attempt_at', '<=', this.#clock.now())
      .where('online_account.deleted_at', 'is', null)
      .orderBy('password.changed_at')
      .limit(limit)
      .execute();
    return rows.map((row) => row.user_id);
  }

  /** Destroys the sealed password. Does nothing when a newer one came meanwhile. */
  async settle(
    password: Pick<SealedPassword, 'userId' | 'version'>,
    result: {
      readonly state: Row['state'];
      readonly delayMs?: number | undefined;
      readonly reason?: Notice | undefined;
    },
  ): Promise<void> {
    await this.#database
      .updateTable('password')
      .set({
        state: result.state,
        sealed: null,
        attempts: 0,
        next_attempt_at: null,
        delivered_at: result.state === 'rejected' ? null : this.#clock.now(),
        delay_ms: result.delayMs ?? null,
        reason: result.reason === undefined ? null : JSON.stringify(result.reason),
      })
      .where('user_id', '=', password.userId)
      .where('version', '=', password.version)
      .execute();
  }

  async postpone(password: SealedPassword, reason: Notice, waitMs: number): Promise<void> {
    await this.#database
      .updateTable('password')
      .set({
        attempts: password.attempts + 1,
        next_attempt_at: new Date(this.#clock.now().getTime() + waitMs),
        reason: JSON.stringify(reason),
      })
      .where('user_id', '=', password.userId)
      .where('version', '=', password.version)
      .execute();
  }

  /** Everything that waits becomes due: the way to Microsoft 365 is open again. */
  async hurry(): Promise<void> {
    const now = this.#clock.now();
    await this.#database
      .updateTable('password')
      .set({ next_attempt_at: now })
      .where('sealed', 'is not', null)
      .where('next_attempt_at', '>', now)
      .execute();
  }

  /** The online accounts hold these versions, which may never have been here. */
  async markDelivered(delivered: readonly Omit<SealedPassword, 'sealed' | 'attempts' | 'receivedAt'>[]): Promise<void> {
    const userIds = delivered.map(({ userId }) => userId);
    const settled = { sealed: null, attempts: 0, next_attempt_at: null, delay_ms: null, reason: null };
    await this.#database.transaction().execute(async (transaction) => {
      const rows = await transaction
        .selectFrom('password')
        .selectAll()
        .where(isAnyOf('user_id', userIds))
        .forUpdate()
        .execute();
      const rowOf = new Map(rows.map((row) => [row.user_id, row]));
      const current = delivered.filter((next) => {
        const row = rowOf.get(next.userId);
        return row === undefined || row.version === next.version || isNewer(next, row);
      });
      if (current.length === 0) return;
      const values = current.map(({ userId, version, changedAt }) => ({
        user_id: userId,
        state: 'in-step' as const,
        version,
        changed_at: changedAt,
        delivered_at: this.#clock.now(),
        ...settled,
      }));
      await transaction
        .insertInto('password')
        .values(values)
        .onConflict((conflict) =>
          conflict
            .column('user_id')
            .doUpdateSet((eb) => ({
              state: eb.ref('excluded.state'),
              version: eb.ref('excluded.version'),
              changed_at: eb.ref('excluded.changed_at'),
              delivered_at: eb.ref('excluded.delivered_at'),
              ...settled,
            }))
            // A row that came meanwhile is a newer password on its way.
            .where(isAnyOf('password.user_id', [...rowOf.keys()])),
        )
        .execute();
    });
  }

  async markNeverCaptured(userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    const values = { state: 'never-captured' as const, version: null, changed_at: null, delay_ms: null, reason: null };
    await this.#database
      .insertInto('password')
      .values(userIds.map((userId) => ({ user_id: userId, ...values })))
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(values).where('password.sealed', 'is', null))
      .execute();
  }

  /**
   * The tenant is gone, and people set passwords of their own there: nobody is known to be in step any more. What waits
   * stays sealed, or is destroyed.
   */
  async forgetDelivered(choice: { readonly keepWaiting: boolean }): Promise<void> {
    const unknown = { state: 'never-captured' as const, version: null, changed_at: null, delivered_at: null };
    const idle = { sealed: null, attempts: 0, next_attempt_at: null, delay_ms: null, reason: null };
    await this.#database
      .updateTable('password')
      .set({ ...unknown, ...idle })
      .$if(choice.keepWaiting, (query) => query.where('sealed', 'is', null))
      .execute();
  }

  async count(): Promise<{ readonly waiting: number; readonly rejected: number }> {
    const row = await this.#database
      .selectFrom('password')
      .innerJoin('link', 'link.user_id', 'password.user_id')
      .select(({ fn }) => [
        fn.countAll<string>().filterWhere('state', '=', 'waiting').as('waiting'),
        fn.countAll<string>().filterWhere('state', '=', 'rejected').as('rejected'),
      ])
      .executeTakeFirstOrThrow();
    return { waiting: Number(row.waiting), rejected: Number(row.rejected) };
  }
}
