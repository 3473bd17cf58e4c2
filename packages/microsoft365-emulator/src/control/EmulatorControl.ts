import { DomainError } from '@isthmus/kernel';
import type { EmulatorClock } from '../EmulatorClock.ts';
import { PhoneControl } from '../exchange/phones/PhoneControl.ts';
import type { Fault, FaultPlan, PlannedFault } from '../FaultPlan.ts';
import type { LoggedRequest, RequestFilter, RequestLog } from '../RequestLog.ts';
import { type AddedApplication, addApplication } from '../seed/addApplication.ts';
import type { SeedApplication } from '../seed/seedSchema.ts';
import { findCatalogSku } from '../seed/skuCatalog.ts';
import { changeSettings, type Settings, type SettingsChange } from '../settings.ts';
import type { SkuRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';

export interface ControlParts {
  readonly clock: EmulatorClock;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  world(): World;
  /** Plants the seed again, into an empty world. */
  replant(): void;
  /** Forgets budgets and lockouts. */
  clearMemory(): void;
}

export interface TenantSummary {
  readonly id: string;
  readonly displayName: string;
  readonly initialDomain: string;
  readonly users: number;
  readonly deletedUsers: number;
  readonly applications: number;
  readonly licenses: readonly { readonly skuPartNumber: string; readonly seats: number; readonly taken: number }[];
}

/** Seats of what was not renewed, by how far that has gone, and when it goes on. */
export type SubscriptionState = Partial<
  Pick<SkuRecord, 'warning' | 'suspended' | 'lockedOut' | 'nextLifecycleDateTime'>
>;

/** The switches of an emulator: none of them exists in the real service. */
export class EmulatorControl {
  readonly #parts: ControlParts;
  readonly #initial: Settings;
  #settings: Settings;
  /** Simulated phones, which appear in Exchange when they synchronize. */
  readonly phones: PhoneControl;

  constructor(parts: ControlParts, settings: Settings) {
    this.#parts = parts;
    this.#initial = settings;
    this.#settings = settings;
    this.phones = new PhoneControl(parts.world, () => this.#settings);
    parts.clock.offsetMs = settings.clockOffsetMs;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Changes switches; what is not named stays as it is. */
  change(change: SettingsChange): Settings {
    this.#settings = changeSettings(this.#settings, change);
    this.#parts.clock.offsetMs = this.#settings.clockOffsetMs;
    return this.#settings;
  }

  /** Moves the tenant's clock forward. */
  advanceClock(milliseconds: number): void {
    this.change({ clockOffsetMs: this.#settings.clockOffsetMs + milliseconds });
  }

  /** Plans a fault and gives its id. */
  addFault(fault: Fault): string {
    return this.#parts.faults.add(fault);
  }

  get faults(): readonly PlannedFault[] {
    return this.#parts.faults.list();
  }

  /** Takes a fault out of the plan, or all of them. */
  removeFaults(id?: string): void {
    this.#parts.faults.remove(id);
  }

  requests(filter: RequestFilter = {}): readonly LoggedRequest[] {
    return this.#parts.log.list(filter);
  }

  /** Calls since the start or the last `clearRequests`, also those that the log no longer holds. */
  get requestCount(): number {
    return this.#parts.log.total;
  }

  clearRequests(): void {
    this.#parts.log.clear();
  }

  /** Changes how many seats a subscription has, and in what state; it is added when the tenant does not have it. */
  setSeats(sku: string, enabled: number, tenantId?: string, state: SubscriptionState = {}): void {
    const tenant = this.#tenant(tenantId);
    const known = findCatalogSku(sku);
    if (known === undefined)
      throw unknown('emulator.sku-unknown', `The emulator does not know the subscription ${sku}.`);
    const now = tenant.now().toISOString();
    const fresh = {
      suspended: 0,
      warning: 0,
      subscriptionId: crypto.randomUUID(),
      createdDateTime: now,
      isTrial: false,
    };
    const existing = tenant.skus.get(known.skuId) ?? { ...fresh, id: known.skuId, skuPartNumber: known.skuPartNumber };
    this.#parts.world().plant(() => tenant.skus.put({ ...existing, ...state, enabled }));
  }

  /** Registers an application that has all its consents, as a shortcut for tests. */
  addApplication(application: SeedApplication, tenantId?: string): AddedApplication {
    const tenant = this.#tenant(tenantId);
    return this.#parts.world().plant(() => addApplication(tenant, application));
  }

  get tenants(): readonly TenantSummary[] {
    return [...this.#parts.world().tenants.values()].map(summaryOf);
  }

  /** Back to the seed: all state, switches, faults and logs. Keys and certificates stay. */
  reset(): void {
    this.#settings = this.#initial;
    this.#parts.clock.offsetMs = this.#initial.clockOffsetMs;
    this.#parts.faults.remove();
    this.#parts.log.clear();
    this.#parts.clearMemory();
    this.#parts.replant();
  }

  #tenant(id: string | undefined): Tenant {
    const world = this.#parts.world();
    const tenant = id === undefined ? world.primary : world.tenants.get(id);
    if (tenant === undefined) throw unknown('emulator.tenant-unknown', `There is no tenant ${id}.`);
    return tenant;
  }
}

function unknown(code: string, message: string): DomainError {
  return new DomainError({ code, message, remedy: 'Use one that the emulator lists.' });
}

function summaryOf(tenant: Tenant): TenantSummary {
  return {
    id: tenant.id,
    displayName: tenant.record.displayName,
    initialDomain: tenant.record.initialDomain,
    users: tenant.users.size,
    deletedUsers: tenant.deletedItems.values().filter((item) => item.kind === 'user').length,
    applications: tenant.applications.size,
    licenses: tenant.skus.values().map(({ id, skuPartNumber, enabled }) => ({
      skuPartNumber,
      seats: enabled,
      taken: tenant.seatsTaken.get(id) ?? 0,
    })),
  };
}
