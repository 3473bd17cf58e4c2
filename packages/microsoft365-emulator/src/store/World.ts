import type { EmulatorClock } from '../EmulatorClock.ts';
import { type ChangeListener, Collection, type Identified, type ReplicaLag } from './Collection.ts';
import { ContentStore } from './ContentStore.ts';
import { Journal, type JournalEntry } from './Journal.ts';
import type { AuthorizationCodeRecord, DeviceCodeRecord, RefreshTokenRecord, SigningKeyRecord } from './records.ts';
import { Tenant } from './Tenant.ts';

export interface WorldOptions {
  readonly clock: EmulatorClock;
  /** Where the state is kept; in memory only without it. */
  readonly folder?: string | undefined;
  /** How long a replica of a kind of object lags behind, in milliseconds. */
  readonly lagMs: (kind: string) => number;
}

interface Undo {
  readonly collection: Collection<Identified>;
  readonly id: string;
  readonly previous: Identified | undefined;
}

const HUGE_TRANSACTION = 10_000;

/** All tenants and everything sign-in has handed out. Changes are made inside `transaction`. */
export class World {
  readonly clock: EmulatorClock;
  readonly tenants = new Map<string, Tenant>();
  readonly refreshTokens: Collection<RefreshTokenRecord>;
  readonly deviceCodes: Collection<DeviceCodeRecord>;
  readonly authorizationCodes: Collection<AuthorizationCodeRecord>;
  readonly signingKeys: Collection<SigningKeyRecord>;
  /** Contents of files. */
  readonly contents: ContentStore;
  readonly #collections = new Map<string, Collection<Identified>>();
  readonly #journal: Journal | undefined;
  readonly #lag: ReplicaLag;
  #isPlanting = false;
  #pending: JournalEntry[] = [];
  #undo: Undo[] = [];
  #depth = 0;
  #isHeld = false;

  constructor(options: WorldOptions) {
    this.clock = options.clock;
    this.#lag = {
      now: () => options.clock.milliseconds(),
      lagMs: (collection) => (this.#isPlanting ? 0 : options.lagMs(collection.slice(collection.indexOf('/') + 1))),
    };
    this.refreshTokens = this.#global('refreshTokens');
    this.deviceCodes = this.#global('deviceCodes', { userCode: (code) => [code.userCode] });
    this.authorizationCodes = this.#global('authorizationCodes');
    this.signingKeys = this.#global('signingKeys');
    this.contents = new ContentStore(options.folder);
    if (options.folder !== undefined) {
      this.#journal = new Journal(options.folder);
      this.#load(this.#journal);
    }
  }

  /** The first tenant that was planted. */
  get primary(): Tenant {
    const first = this.tenants.values().next().value;
    if (first === undefined) throw new TypeError('No tenant has been planted');
    return first;
  }

  addTenant(id: string): Tenant {
    const tenant = new Tenant(id, this.#listener, this.#lag, this.clock);
    this.tenants.set(id, tenant);
    for (const collection of tenant.collections.values()) this.#collections.set(collection.name, collection);
    return tenant;
  }

  /** A tenant by its id or by one of its verified domains. */
  findTenant(idOrDomain: string): Tenant | undefined {
    const wanted = idOrDomain.toLowerCase();
    const byId = this.tenants.get(wanted);
    if (byId !== undefined) return byId;
    return [...this.tenants.values()].find((tenant) => tenant.domains.get(wanted)?.isVerified === true);
  }

  /** Runs changes as one: they are all on disk when this returns, or none of them happened. */
  transaction<T>(change: () => T): T {
    this.#depth += 1;
    const start = this.#undo.length;
    try {
      const result = change();
      if (this.#depth === 1 && !this.#isHeld) this.#commit();
      return result;
    } catch (error) {
      if (this.#depth === 1) this.#rollBack(start);
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /**
   * Writes all transactions of some work to the disk at once, when it is done: one write instead of one for each. What
   * the work goes on to do after it returned a promise is not part of it.
   */
  writeOnce<T>(work: () => T): T {
    if (this.#isHeld || this.#depth > 0) return work();
    this.#isHeld = true;
    try {
      return work();
    } finally {
      this.#isHeld = false;
      this.#commitHeld();
    }
  }

  /** Like `transaction`, for what a switch, the seed or a consent at sign-in puts there: no replica lags behind it. */
  plant<T>(change: () => T): T {
    this.#isPlanting = true;
    try {
      return this.transaction(change);
    } finally {
      this.#isPlanting = false;
    }
  }

  /** Forgets everything, for `reset`. */
  clear(): void {
    for (const collection of this.#collections.values()) collection.clear();
    for (const tenant of this.tenants.values()) {
      for (const collection of tenant.collections.values()) this.#collections.delete(collection.name);
    }
    this.tenants.clear();
    this.#dropContents();
    this.#journal?.compact([]);
  }

  close(): void {
    this.#journal?.close();
  }

  #load(journal: Journal): void {
    journal.replay(([name, id, value]) => {
      const slash = name.indexOf('/');
      const tenantId = name.slice(0, Math.max(0, slash));
      if (slash > 0 && !this.tenants.has(tenantId)) this.addTenant(tenantId);
      this.#collections.get(name)?.restore(id, value === null ? undefined : { ...value, id });
    });
    for (const tenant of this.tenants.values()) tenant.rebuild();
    this.#prune();
    this.#dropContents();
    if (journal.wantsCompactionAtStart) journal.compact(this.#everything());
  }

  /** Drops what sign-in handed out and nobody can use any more. */
  #prune(): void {
    const now = this.clock.milliseconds();
    for (const collection of [this.refreshTokens, this.deviceCodes, this.authorizationCodes]) {
      for (const handedOut of collection.values()) {
        if (handedOut.expiresAt < now) collection.restore(handedOut.id, undefined);
      }
    }
  }

  #dropContents(): void {
    const tenants = [...this.tenants.values()].map((tenant) => tenant.files);
    const names = new Set(tenants.flatMap((files) => [...files.contents()]));
    const uploads = new Set(tenants.flatMap((files) => files.uploadSessions.values().map(({ id }) => id)));
    this.contents.keepOnly(names, uploads);
  }

  *#everything(): Generator<JournalEntry> {
    for (const collection of this.#collections.values()) {
      for (const value of collection.values()) yield [collection.name, value.id, value];
    }
  }

  readonly #listener: ChangeListener = (name, id, value, previous) => {
    const collection = this.#collections.get(name);
    if (this.#depth === 0 || collection === undefined) throw new TypeError(`Change of ${name} outside a transaction`);
    this.#pending.push([name, id, value]);
    this.#undo.push({ collection, id, previous });
  };

  #commit(): void {
    // A snapshot is as safe as a line of the log, and cheaper when nearly everything is new.
    const isHuge = this.#pending.length > HUGE_TRANSACTION;
    if (isHuge) this.#journal?.compact(this.#everything());
    else this.#journal?.append(this.#pending);
    this.#pending = [];
    this.#undo = [];
    if (this.#journal?.wantsCompaction === true) this.#journal.compact(this.#everything());
  }

  #commitHeld(): void {
    try {
      this.#commit();
    } catch (error) {
      this.#rollBack(0);
      throw error;
    }
  }

  /** Undoes the changes from one of them on. */
  #rollBack(start: number): void {
    const undone = this.#undo.splice(start);
    this.#pending.length = start;
    for (const { collection, id, previous } of undone.toReversed()) collection.restore(id, previous);
    if (undone.length > 0) for (const tenant of this.tenants.values()) tenant.rebuild();
  }

  #global<T extends Identified & object>(
    name: string,
    indexes: ConstructorParameters<typeof Collection<T>>[1] = {},
  ): Collection<T> {
    const collection = new Collection<T>(name, indexes, this.#listener, this.#lag);
    this.#collections.set(name, collection as unknown as Collection<Identified>);
    return collection;
  }
}
