import { DomainError, type OnlineAccountId, type Secret } from '@isthmus/kernel';
import type {
  AccountSignIn,
  BulkResult,
  License,
  LicenseChange,
  NewOnlineAccount,
  OnlineAccount,
  OnlineAccountChanges,
  OnlineAccountChangesPage,
  RoleHolder,
} from '@isthmus/microsoft365';
import { sampleOnline, sampleOnlineId } from './samplePeople.ts';

export const SAMPLE_SKU = '0c0c0c0c-0000-4000-8000-000000000001';

/** A tenant in memory that can be told to fail. */
export class FakeMicrosoft365 {
  readonly users = new Map<string, OnlineAccount>();
  readonly bin = new Map<string, OnlineAccount>();
  readonly passwords = new Map<string, string>();
  /** Every writing call, as `verb id`. */
  readonly writes: string[] = [];
  seats = 100;
  /** When accounts signed in last; undefined: a tenant without Entra ID P1. */
  signIns: AccountSignIn[] | undefined;
  /** How far its clock is ahead of ours. */
  clockSkewMs = 0;
  roleHolders: RoleHolder[] = [];
  /** Asked before each call; throws to make it fail. */
  fault: (call: string, id: string | undefined) => void = () => undefined;
  /** What happens elsewhere while a password is being set. */
  meanwhile: () => Promise<void> = async () => undefined;
  #version = 1;
  #made = 1000;
  readonly #log: { version: number; id: OnlineAccountId }[] = [];

  /** Its own time. */
  now(): Date {
    return new Date(Date.now() + this.clockSkewMs);
  }

  set(account: OnlineAccount): OnlineAccount {
    this.users.set(account.id, account);
    this.#note(account.id);
    return account;
  }

  readonly accounts = {
    readChanges: async (cursor: string | undefined): Promise<OnlineAccountChangesPage> => {
      this.fault('readChanges', undefined);
      const next = String(this.#version);
      if (cursor === undefined) {
        return { changed: [...this.users.values()], removed: [], cursor: next, incremental: false };
      }
      const touched = [...new Set(this.#log.filter((entry) => entry.version > Number(cursor)).map(({ id }) => id))];
      return {
        changed: touched.map((id) => this.users.get(id)).filter((account) => account !== undefined),
        removed: touched
          .filter((id) => !this.users.has(id))
          .map((id) => ({ id, reason: this.bin.has(id) ? ('deleted' as const) : ('purged' as const) })),
        cursor: next,
        incremental: true,
      };
    },
    find: async (id: OnlineAccountId): Promise<OnlineAccount | undefined> => {
      this.fault('find', id);
      return this.users.get(id);
    },
    listSignIns: async (): Promise<readonly AccountSignIn[]> => {
      if (this.signIns !== undefined) return this.signIns;
      throw new DomainError({ code: 'online.premium-missing', message: 'No Entra ID P1.', remedy: 'Buy it.' });
    },
    listDeleted: async (): Promise<readonly OnlineAccount[]> => [...this.bin.values()],
    ensureMany: async (
      accounts: readonly NewOnlineAccount[],
    ): Promise<readonly BulkResult<{ account: OnlineAccount; created: boolean }>[]> => {
      this.fault('ensureMany', undefined);
      return accounts.map((account) => this.#ensure(account));
    },
    change: async (id: OnlineAccountId, changes: OnlineAccountChanges): Promise<OnlineAccount> => {
      const texts = Object.entries(changes).map(([field, value]) => [field, value ?? undefined]);
      return this.#write('change', id, Object.fromEntries(texts));
    },
    setSignInAllowed: async (id: OnlineAccountId, signInAllowed: boolean): Promise<OnlineAccount> =>
      this.#write(signInAllowed ? 'allow' : 'block', id, { signInAllowed }),
    revokeSessions: async (id: OnlineAccountId): Promise<void> => {
      this.#write('revoke', id, { sessionsValidFrom: this.now() });
    },
    setPassword: async (id: OnlineAccountId, password: Secret): Promise<void> => {
      this.#write('set-password', id, {});
      await this.meanwhile();
      this.passwords.set(id, password.reveal());
    },
    remove: async (id: OnlineAccountId): Promise<void> => {
      const account = this.#write('remove', id, {});
      this.users.delete(id);
      this.bin.set(id, { ...account, skuIds: [], deletedAt: this.now() });
    },
    restore: async (id: OnlineAccountId): Promise<OnlineAccount> => {
      this.fault('restore', id);
      this.writes.push(`restore ${id}`);
      const account = this.bin.get(id);
      if (account === undefined) throw new TypeError(`Not in the bin: ${id}`);
      this.bin.delete(id);
      return this.set({ ...account, deletedAt: undefined });
    },
    changeLicenses: async (id: OnlineAccountId, change: LicenseChange): Promise<OnlineAccount> => {
      const account = this.#demand(id);
      const kept = account.skuIds.filter((skuId) => !change.remove.includes(skuId));
      const added = change.add.filter((skuId) => !account.skuIds.includes(skuId));
      if (added.length > this.seats) {
        throw new DomainError({ code: 'online.no-free-license', message: 'No license is free.', remedy: 'Buy more.' });
      }
      this.seats -= added.length;
      const skuIds = [...kept, ...added];
      const isSame =
        skuIds.length === account.skuIds.length && added.length === 0 && change.disabledPlans === undefined;
      if (isSame) return account;
      const disabledPlans = { ...account.disabledPlans, ...change.disabledPlans };
      return this.#write('license', id, { skuIds, disabledPlans });
    },
    changeLicensesMany: async (
      changes: readonly ({ readonly id: OnlineAccountId } & LicenseChange)[],
    ): Promise<readonly BulkResult<OnlineAccount>[]> =>
      Promise.all(
        changes.map((change) =>
          this.accounts.changeLicenses(change.id, change).then(
            (value) => ({ ok: true as const, value }),
            (error: Error) => ({ ok: false as const, error }),
          ),
        ),
      ),
  };

  readonly tenant = {
    facts: async () => ({
      tenantId: '0d0d0d0d-0000-4000-8000-000000000001',
      displayName: 'Contoso',
      initialDomain: 'contoso.onmicrosoft.example',
      domains: [{ name: 'contoso.example', isDefault: true, isInitial: false, isVerified: true }],
      defaultUsageLocation: 'DE',
      countryCode: 'DE',
      synchronizedByOthers: false,
    }),
    roleHolders: async (): Promise<readonly RoleHolder[]> => this.roleHolders,
    licenses: async (): Promise<readonly License[]> => [
      {
        skuId: SAMPLE_SKU,
        skuPartNumber: 'SPB',
        name: 'Business Premium',
        total: 100,
        used: 100 - this.seats,
        free: this.seats,
        state: 'enabled',
        servicePlans: [],
      },
    ],
  };

  #ensure(wanted: NewOnlineAccount): BulkResult<{ account: OnlineAccount; created: boolean }> {
    const found = [...this.users.values()].find((account) => account.immutableId === wanted.immutableId);
    if (found !== undefined) return { ok: true, value: { account: found, created: false } };
    if ([...this.users.values()].some((account) => account.upn === wanted.upn)) {
      const error = new DomainError({ code: 'online.address-taken', message: 'Taken.', remedy: 'Choose another.' });
      return { ok: false, error };
    }
    const { password, mailNickname: _, mustChangePassword: __, ...fields } = wanted;
    this.#made += 1;
    const account = this.set(
      sampleOnline(this.#made, { department: undefined, ...fields, id: sampleOnlineId(this.#made) }),
    );
    this.passwords.set(account.id, password.reveal());
    this.writes.push(`create ${account.id}`);
    return { ok: true, value: { account, created: true } };
  }

  #demand(id: OnlineAccountId): OnlineAccount {
    const account = this.users.get(id);
    if (account !== undefined) return account;
    throw new DomainError({ code: 'online.account-not-found', message: 'No such account.', remedy: 'Refresh.' });
  }

  #write(verb: string, id: OnlineAccountId, changes: Partial<OnlineAccount>): OnlineAccount {
    this.fault(verb, id);
    this.writes.push(`${verb} ${id}`);
    return this.set({ ...this.#demand(id), ...changes });
  }

  #note(id: OnlineAccountId): void {
    this.#version += 1;
    this.#log.push({ version: this.#version, id });
  }
}
