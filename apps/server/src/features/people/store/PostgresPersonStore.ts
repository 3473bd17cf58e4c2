import type { HoldReason } from '@isthmus/contracts';
import type { DirectoryUser } from '@isthmus/directory';
import { type Clock, DomainError } from '@isthmus/kernel';
import type { OnlineAccount } from '@isthmus/microsoft365';
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import { isAnyOf } from '../../../storage/isAnyOf.ts';
import type { Database, LinkTable, OffboardingTable, PasswordTable } from '../../../storage/schema.ts';
import type { NewLink, People } from '../People.ts';
import type { Offboarding, Person, PersonLink, PersonOrAccount, PersonPassword } from '../Person.ts';
import { onlineFromRow, upsertOnline } from './onlineRow.ts';
import { upsertUsers, userFromRow } from './userRow.ts';

function notFound(): DomainError {
  return new DomainError({
    code: 'users.not-found',
    message: 'There is no such user account.',
    remedy: 'Refresh the list; it may have been removed meanwhile.',
  });
}

function linkFromRow(
  row: { linked_at: Date } & Pick<
    Selectable<LinkTable>,
    'address_follows' | 'blocked_by_us' | 'revoke_due' | 'hold' | 'hold_sku_ids' | 'held_at'
  >,
): PersonLink {
  return {
    since: row.linked_at,
    addressFollows: row.address_follows ?? undefined,
    blockedByUs: row.blocked_by_us,
    revokeDue: row.revoke_due,
    hold:
      row.hold === null
        ? undefined
        : { reason: row.hold, since: row.held_at ?? row.linked_at, skuIds: row.hold_sku_ids },
  };
}

function passwordFromRow(row: Omit<Selectable<PasswordTable>, 'sealed'>): PersonPassword {
  return {
    state: row.state,
    version: row.version ?? undefined,
    changedAt: row.changed_at ?? undefined,
    reason: row.reason ?? undefined,
    delayMs: row.delay_ms ?? undefined,
  };
}

function offboardingFromRow(row: Selectable<OffboardingTable>): Offboarding {
  return {
    since: row.begun_at,
    by: row.begun_by,
    groupDns: row.group_dns,
    mailbox: row.mailbox,
    removeAt: row.remove_at ?? undefined,
  };
}

/** Without a row there is no role. */
function tenantRoleOf(isGlobal: boolean | null | undefined): Person['tenantRole'] {
  if (isGlobal == null) return undefined;
  return isGlobal ? 'global-administrator' : 'administrator';
}

/** Which name of the user account the address is made from, if any. */
function whatAddressFollows(user: DirectoryUser, address: string): 'user-name' | 'upn' | undefined {
  const localPart = address.slice(0, address.lastIndexOf('@')).toLowerCase();
  if (localPart === user.userName.toLowerCase()) return 'user-name';
  return localPart === user.upn?.split('@')[0]?.toLowerCase() ? 'upn' : undefined;
}

const nothingOfPeople = {
  user: undefined,
  accessLevel: undefined,
  removedAt: undefined,
  returnedAt: undefined,
  onlineGoneAt: undefined,
  link: undefined,
  password: undefined,
  offboarding: undefined,
} as const;

/** People out of the tables of both mirrors. */
export class PostgresPersonStore implements People {
  readonly #database: Kysely<Database>;
  readonly #clock: Clock;

  constructor(database: Kysely<Database>, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async find(userId: string): Promise<Person | undefined> {
    const [person] = await this.findMany([userId]);
    return person;
  }

  async get(userId: string): Promise<Person> {
    const person = await this.find(userId);
    if (person === undefined) throw notFound();
    return person;
  }

  async findMany(userIds: readonly string[]): Promise<readonly Person[]> {
    if (userIds.length === 0) return [];
    const ids = [...new Set(userIds)];
    const [users, links, passwords, leaving] = await Promise.all([
      this.#database.selectFrom('directory_user').selectAll().where(isAnyOf('id', ids)).execute(),
      this.#database
        .selectFrom('link as l')
        .innerJoin('online_account as o', 'o.id', 'l.online_account_id')
        .leftJoin('tenant_role as r', 'r.holder_id', 'o.id')
        .selectAll('o')
        .select(['l.user_id', 'l.address_follows', 'l.blocked_by_us', 'l.revoke_due', 'l.created_at as linked_at'])
        .select(['l.hold', 'l.hold_sku_ids', 'l.held_at', 'r.is_global_administrator'])
        .where(isAnyOf('l.user_id', ids))
        .execute(),
      this.#database
        .selectFrom('password')
        .select(['user_id', 'state', 'version', 'changed_at', 'received_at', 'delivered_at'])
        .select(['delay_ms', 'reason', 'attempts', 'next_attempt_at'])
        .where(isAnyOf('user_id', ids))
        .execute(),
      this.#database.selectFrom('offboarding').selectAll().where(isAnyOf('user_id', ids)).execute(),
    ]);
    const linkOf = new Map(links.map((row) => [row.user_id, row]));
    const passwordOf = new Map(passwords.map((row) => [row.user_id, row]));
    const offboardingOf = new Map(leaving.map((row) => [row.user_id, row]));
    const people = users.map((row): Person => {
      const link = linkOf.get(row.id);
      const password = passwordOf.get(row.id);
      const offboarding = offboardingOf.get(row.id);
      return {
        user: userFromRow(row),
        accessLevel: row.access_level,
        removedAt: row.removed_at ?? undefined,
        returnedAt: row.returned_at ?? undefined,
        online: link && onlineFromRow(link),
        onlineGoneAt: link?.deleted_seen_at ?? undefined,
        tenantRole: tenantRoleOf(link?.is_global_administrator),
        link: link && linkFromRow(link),
        password: password && passwordFromRow(password),
        offboarding: offboarding && offboardingFromRow(offboarding),
      };
    });
    const byId = new Map(people.map((person) => [String(person.user.id), person]));
    return ids.map((id) => byId.get(id)).filter((person) => person !== undefined);
  }

  async findAccounts(onlineAccountIds: readonly string[]): Promise<readonly PersonOrAccount[]> {
    if (onlineAccountIds.length === 0) return [];
    const rows = await this.#database
      .selectFrom('online_account as o')
      .leftJoin('link as l', 'l.online_account_id', 'o.id')
      .leftJoin('tenant_role as r', 'r.holder_id', 'o.id')
      .selectAll('o')
      .select(['l.user_id', 'r.is_global_administrator'])
      .where(isAnyOf('o.id', [...new Set(onlineAccountIds)]))
      .execute();
    const people = await this.findMany(rows.map((row) => row.user_id).filter((id) => id !== null));
    const personOf = new Map(people.map((person) => [String(person.user.id), person]));
    return rows.map(
      (row) =>
        personOf.get(row.user_id ?? '') ?? {
          ...nothingOfPeople,
          online: onlineFromRow(row),
          tenantRole: tenantRoleOf(row.is_global_administrator),
        },
    );
  }

  async getAccount(onlineAccountId: string): Promise<PersonOrAccount> {
    const [account] = await this.findAccounts([onlineAccountId]);
    if (account !== undefined) return account;
    throw new DomainError({
      code: 'online.account-not-found',
      message: 'There is no such online account.',
      remedy: 'Refresh the list; it may have been removed meanwhile.',
    });
  }

  async saveUser(user: DirectoryUser): Promise<void> {
    await upsertUsers(this.#database, [user], this.#clock.now());
  }

  async saveUserRemoved(userId: string, at: Date): Promise<void> {
    await this.#database
      .updateTable('directory_user')
      .set({ removed_at: at })
      .where('id', '=', userId)
      .where('removed_at', 'is', null)
      .execute();
  }

  async saveOnline(...accounts: readonly OnlineAccount[]): Promise<void> {
    await upsertOnline(this.#database, accounts, this.#clock.now());
  }

  async saveOnlineRemoved(onlineAccountId: string, reason: 'deleted' | 'purged'): Promise<void> {
    if (reason === 'deleted') {
      const now = this.#clock.now();
      await this.#database
        .updateTable('online_account')
        .set({ deleted_at: now, deleted_seen_at: now })
        .where('id', '=', onlineAccountId)
        .where('deleted_at', 'is', null)
        .execute();
      return;
    }
    await this.#database.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('link').where('online_account_id', '=', onlineAccountId).execute();
      await transaction.deleteFrom('online_account').where('id', '=', onlineAccountId).execute();
    });
  }

  async link(links: readonly NewLink[], by: string): Promise<void> {
    if (links.length === 0) return;
    const people = await this.findMany(links.map((link) => link.userId));
    const userOf = new Map(people.map(({ user }) => [String(user.id), user]));
    const accountIds = links.map((link) => link.onlineAccountId);
    const accounts = await this.#database
      .selectFrom('online_account')
      .select(['id', 'upn', 'sign_in_allowed'])
      .where(isAnyOf('id', accountIds))
      .execute();
    const accountOf = new Map(accounts.map((account) => [account.id, account]));
    const created_at = this.#clock.now();
    const rows = links.map(({ userId, onlineAccountId, anchor }) => {
      const user = userOf.get(userId);
      if (user === undefined) throw notFound();
      const account = accountOf.get(onlineAccountId);
      return {
        user_id: userId,
        online_account_id: onlineAccountId,
        anchor,
        address_follows: whatAddressFollows(user, account?.upn ?? '') ?? null,
        // Blocked on both sides from the start: they are in step, so enabling shall allow again.
        blocked_by_us: account !== undefined && !account.sign_in_allowed && !user.enabled,
        created_at,
        created_by: by,
      };
    });
    await this.#database
      .insertInto('link')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('user_id').doUpdateSet((eb) => ({
          online_account_id: eb.ref('excluded.online_account_id'),
          anchor: eb.ref('excluded.anchor'),
          address_follows: eb.ref('excluded.address_follows'),
          blocked_by_us: eb.ref('excluded.blocked_by_us'),
          // A hold is about one online account; it does not go over to another.
          hold: sql<HoldReason | null>`case when link.online_account_id = excluded.online_account_id then link.hold end`,
        })),
      )
      .execute();
  }

  async unlink(userId: string): Promise<void> {
    await this.#database.deleteFrom('link').where('user_id', '=', userId).execute();
  }

  async markBlocked(userId: string): Promise<void> {
    await this.#mark(userId, { blocked_by_us: true, revoke_due: true });
  }

  async markAllowed(userId: string): Promise<void> {
    await this.#mark(userId, { blocked_by_us: false, revoke_due: false });
  }

  async markRevoked(userId: string): Promise<void> {
    await this.#mark(userId, { revoke_due: false });
  }

  async markAddressFollows(userId: string): Promise<void> {
    const person = await this.get(userId);
    if (person.online === undefined) return;
    await this.#mark(userId, { address_follows: whatAddressFollows(person.user, person.online.upn) ?? null });
  }

  async hold(userId: string, reason: HoldReason, skuIds: readonly string[]): Promise<void> {
    await this.#mark(userId, { hold: reason, hold_sku_ids: [...skuIds], held_at: this.#clock.now() });
  }

  async release(userId: string): Promise<void> {
    await this.#mark(userId, { hold: null, hold_sku_ids: [], held_at: null });
  }

  async #mark(
    userId: string,
    marks: Partial<Omit<Insertable<LinkTable>, 'user_id' | 'online_account_id'>>,
  ): Promise<void> {
    await this.#database.updateTable('link').set(marks).where('user_id', '=', userId).execute();
  }
}
