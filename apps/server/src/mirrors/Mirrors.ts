import type { Platform, Service } from '../composition/Platform.ts';
import type { PersonLocks } from '../features/people/index.ts';
import { DirectoryMirror } from './DirectoryMirror.ts';
import type { MirrorChange, MirrorListener } from './MirrorChange.ts';
import { TenantMirror } from './TenantMirror.ts';

export interface MirrorIntervals {
  /** How often the directory is asked whether anything changed. */
  readonly directoryMs: number;
  readonly tenantMs: number;
  /** Licenses and domains. */
  readonly tenantFactsMs: number;
}

const MIRROR_INTERVALS: MirrorIntervals = {
  directoryMs: 250,
  tenantMs: 30_000,
  tenantFactsMs: 180_000,
};

const LICENSES_SETTLE_MS = 3_000;

/** Our copies of both sides, and whoever wants to hear what changed in them. */
export class Mirrors implements Service {
  readonly #platform: Platform;
  readonly #directory: DirectoryMirror;
  readonly #tenant: TenantMirror;
  readonly #listeners: MirrorListener[] = [];
  #licenseTimer: NodeJS.Timeout | undefined;
  #started = false;

  constructor(platform: Platform, locks: PersonLocks, intervals: MirrorIntervals) {
    this.#platform = platform;
    const onChange = (change: MirrorChange): void => this.#announce(change);
    this.#directory = new DirectoryMirror(platform, { locks, pollMs: intervals.directoryMs, onChange });
    this.#tenant = new TenantMirror(platform, {
      locks,
      pollMs: intervals.tenantMs,
      factsMs: intervals.tenantFactsMs,
      onChange,
    });
    platform.connections.onChange((side) => {
      if (!this.#started) return;
      // The feed itself finds out whether its position still belongs to what is connected now.
      void (side === 'directory' ? this.#directory.refresh({ full: false }) : this.refreshTenantFacts());
    });
  }

  /** Before {@link start}. */
  onChange(listener: MirrorListener): void {
    this.#listeners.push(listener);
  }

  async start(): Promise<void> {
    this.#started = true;
    await Promise.all([this.#directory.start(), this.#tenant.start()]);
  }

  async stop(): Promise<void> {
    this.#started = false;
    clearTimeout(this.#licenseTimer);
    await Promise.all([this.#directory.stop(), this.#tenant.stop()]);
  }

  /** Reads both sides now; `believed`: see the mirror of the directory. Returns when that is done or has failed; `feed` says which. */
  async refresh(choice: { readonly full: boolean; readonly believed?: boolean }): Promise<void> {
    await Promise.all([this.#directory.refresh(choice), this.#tenant.refresh(choice)]);
  }

  /** Reads licenses and domains of the tenant now, and what changed among its accounts. */
  refreshTenantFacts(): Promise<void> {
    return this.#tenant.refresh({ full: false, facts: true });
  }

  /** Once the tenant is disconnected; afterwards what was copied of it can be deleted for good. */
  forgetTenant(): Promise<void> {
    return this.#tenant.forget();
  }

  /** Reads the numbers of free licenses soon, once for many calls. */
  readonly licensesChanged = (): void => {
    if (!this.#started) return;
    this.#licenseTimer ??= setTimeout(() => {
      this.#licenseTimer = undefined;
      void this.refreshTenantFacts();
    }, LICENSES_SETTLE_MS);
  };

  #announce(change: MirrorChange): void {
    const many = change.userIds.length > 100;
    this.#platform.events.publish({ topic: 'users', ids: many ? null : [...change.userIds] });
    for (const listener of this.#listeners) listener(change);
  }
}

export function createMirrors(
  platform: Platform,
  parts: { readonly locks: PersonLocks; readonly intervals?: Partial<MirrorIntervals> },
): Mirrors {
  return new Mirrors(platform, parts.locks, { ...MIRROR_INTERVALS, ...parts.intervals });
}
