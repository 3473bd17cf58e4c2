import type { Clock } from '@isthmus/kernel';
import { AuthenticationCollections } from './AuthenticationCollections.ts';
import { ChangeLog } from './ChangeLog.ts';
import { type ChangeListener, Collection, type Identified, type Indexes, type ReplicaLag } from './Collection.ts';
import { DirectoryCollections } from './DirectoryCollections.ts';
import { ExchangeCollections } from './ExchangeCollections.ts';
import { FilesCollections } from './FilesCollections.ts';
import { numberChanges } from './numberChanges.ts';
import type {
  ApplicationRecord,
  AppRoleAssignmentRecord,
  DeletedRecord,
  DomainRecord,
  GrantRecord,
  RoleAssignmentRecord,
  ServicePrincipalRecord,
  SkuRecord,
  TenantRecord,
  TombstoneRecord,
  UserRecord,
} from './records.ts';

/** Text of a property when it is text, for indexes and messages. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function lowered(value: unknown): string[] {
  const text = textOf(value);
  return text === undefined ? [] : [text.toLowerCase()];
}

/** Subscriptions a user takes a seat of: one each, however often a license is assigned, none where that failed. */
function seatsOf(user: UserRecord | undefined): ReadonlySet<string> {
  const effective = user?.licenses.filter((license) => license.error === undefined) ?? [];
  return new Set(effective.map((license) => license.skuId));
}

/** The bare addresses of `proxyAddresses`, without their `SMTP:` or `smtp:`. */
function addresses(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((address) => lowered(String(address).replace(/^smtp:/i, '')));
}

const userIndexes: Indexes<UserRecord> = {
  userPrincipalName: (user) => lowered(user.properties['userPrincipalName']),
  mail: (user) => lowered(user.properties['mail']),
  immutableId: (user) => {
    const id = textOf(user.properties['onPremisesImmutableId']);
    return id === undefined ? [] : [id];
  },
  proxyAddress: (user) => addresses(user.properties['proxyAddresses']),
  managerId: (user) => (user.managerId === null ? [] : [user.managerId]),
};

/** Everything one tenant consists of. */
export class Tenant {
  readonly id: string;
  readonly information: Collection<TenantRecord>;
  readonly domains: Collection<DomainRecord>;
  readonly skus: Collection<SkuRecord>;
  readonly users: Collection<UserRecord>;
  readonly tombstones: Collection<TombstoneRecord>;
  readonly deletedItems: Collection<DeletedRecord>;
  readonly applications: Collection<ApplicationRecord>;
  readonly servicePrincipals: Collection<ServicePrincipalRecord>;
  readonly appRoleAssignments: Collection<AppRoleAssignmentRecord>;
  readonly grants: Collection<GrantRecord>;
  readonly roleAssignments: Collection<RoleAssignmentRecord>;
  readonly exchange: ExchangeCollections;
  readonly authentication: AuthenticationCollections;
  readonly files: FilesCollections;
  readonly directory: DirectoryCollections;
  /** All of them by the name under which they are journaled and their replica lag is set. */
  readonly collections: ReadonlyMap<string, Collection<Identified>>;
  readonly userChanges = new ChangeLog();
  /** Seats taken per SKU id; kept beside the users so that no licence call has to count them. */
  readonly seatsTaken = new Map<string, number>();
  readonly #clock: Clock;

  constructor(id: string, listener: ChangeListener, lag: ReplicaLag, clock: Clock) {
    this.id = id;
    this.#clock = clock;
    const collections = new Map<string, Collection<Identified>>();
    const make = <T extends Identified>(name: string, indexes: Indexes<T> = {}): Collection<T> => {
      const collection = new Collection<T>(`${id}/${name}`, indexes, listener, lag);
      collections.set(name, collection as unknown as Collection<Identified>);
      return collection;
    };
    this.information = make('tenant');
    this.domains = make('domains', { dueDeletion: ({ forceDeletedAt }) => (forceDeletedAt ? ['due'] : []) });
    this.skus = make('skus');
    this.users = make('users', userIndexes);
    this.tombstones = make('tombstones');
    this.deletedItems = make('deletedItems');
    this.applications = make('applications', { appId: (application) => [application.appId] });
    this.servicePrincipals = make('servicePrincipals', { appId: (principal) => [principal.appId] });
    this.appRoleAssignments = make('appRoleAssignments', {
      principalId: (assignment) => [assignment.principalId],
      resourceId: (assignment) => [assignment.resourceId],
    });
    this.grants = make('oauth2PermissionGrants', { clientId: (grant) => [grant.clientId] });
    this.roleAssignments = make('roleAssignments', { principalId: (assignment) => [assignment.principalId] });
    this.exchange = new ExchangeCollections(make);
    this.authentication = new AuthenticationCollections(make);
    this.files = new FilesCollections(make, () => clock.now());
    this.directory = new DirectoryCollections(make, clock);
    this.collections = collections;
  }

  get record(): TenantRecord {
    const record = this.information.get(this.id);
    if (record === undefined) throw new TypeError(`Tenant ${this.id} has not been planted`);
    return record;
  }

  get defaultDomain(): string {
    return this.domains.values().find((domain) => domain.isDefault)?.id ?? this.record.initialDomain;
  }

  now(): Date {
    return this.#clock.now();
  }

  /**
   * Stores a user, remembers which properties changed for delta queries, and keeps the count of seats.
   * `changedNames` names what changed besides what can be seen by comparing the properties.
   */
  saveUser(user: Omit<UserRecord, 'changed' | 'changeNumber'>, changedNames: readonly string[] = []): UserRecord {
    const previous = this.users.get(user.id);
    const changeNumber = this.userChanges.next();
    const changed = numberChanges(previous, user.properties, changeNumber, changedNames);
    const saved: UserRecord = { ...user, changed, changeNumber };
    this.users.put(saved);
    this.userChanges.record(user.id, this.#clock.now().getTime(), changeNumber);
    this.#countSeats(previous, -1);
    this.#countSeats(saved, 1);
    this.exchange.followUser(previous, saved, this.#clock.now().getTime());
    return saved;
  }

  /** Takes a user out of the live ones; the caller keeps it in `deletedItems` or leaves a tombstone. */
  takeUserOut(user: UserRecord): number {
    const changeNumber = this.userChanges.next();
    this.users.remove(user.id);
    this.userChanges.record(user.id, this.#clock.now().getTime(), changeNumber);
    this.#countSeats(user, -1);
    this.exchange.dismissUser(user, this.#clock.now().getTime());
    return changeNumber;
  }

  /** Rebuilds what is derived from the collections, after they were loaded. */
  rebuild(): void {
    this.exchange.adopt(this.users.values(), this.#clock.now().getTime());
    this.files.rebuild();
    this.seatsTaken.clear();
    for (const user of this.users.values()) this.#countSeats(user, 1);
    const deletedUsers = this.deletedItems.values().filter((item) => item.kind === 'user');
    const numbered = [...this.users.values(), ...deletedUsers, ...this.tombstones.values()];
    this.userChanges.load(numbered.map((value) => ({ id: value.id, number: value.changeNumber })));
    this.directory.rebuild(this.deletedItems.values());
  }

  #countSeats(user: UserRecord | undefined, by: number): void {
    for (const skuId of seatsOf(user)) this.seatsTaken.set(skuId, (this.seatsTaken.get(skuId) ?? 0) + by);
  }
}
