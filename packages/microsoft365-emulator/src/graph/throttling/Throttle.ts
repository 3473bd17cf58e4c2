import type { EmulatorClock } from '../../EmulatorClock.ts';
import type { Settings } from '../../settings.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { refusal } from '../errors.ts';
import type { GraphError } from '../GraphError.ts';
import { amountFor, type Limit, limits, sizeName } from './limits.ts';
import { type LimitedService, serviceLimits } from './serviceLimits.ts';

export interface Consumption {
  readonly appId: string;
  readonly tenant: Tenant;
  readonly units: number;
  readonly isWrite: boolean;
  /** The service behind Graph; the directory unless said. */
  readonly service?: LimitedService | undefined;
  /** Path of the operation: some services count each by itself. */
  readonly path: string;
}

interface Bucket {
  level: number;
  filledAt: number;
}

interface Draw {
  readonly limit: Limit;
  readonly bucket: Bucket;
  readonly wanted: number;
  readonly capacity: number;
}

const WARNING_FROM = 0.8;

/** Token buckets for every limit that applies to a call. */
export class Throttle {
  readonly #clock: EmulatorClock;
  readonly #settings: () => Settings;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: EmulatorClock, settings: () => Settings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** Takes what a call costs, or refuses it; gives the headers that tell how much of the budget is used. */
  consume(consumption: Consumption): Record<string, string> {
    const { throttling } = this.#settings();
    if (throttling.mode === 'off') return {};
    const draws = limitsFor(consumption)
      .map((limit) => this.#draw(limit, consumption))
      .filter(({ wanted }) => wanted > 0);
    const exceeded = draws.find(({ bucket, wanted }) => bucket.level < wanted);
    if (exceeded !== undefined) throw this.#refusal(exceeded, consumption);
    for (const { bucket, wanted } of draws) bucket.level -= wanted;
    const used = Math.max(...draws.map(({ bucket, capacity }) => 1 - bucket.level / capacity));
    return used > WARNING_FROM ? { 'x-ms-throttle-limit-percentage': used.toFixed(2) } : {};
  }

  clear(): void {
    this.#buckets.clear();
  }

  #draw(limit: Limit, consumption: Consumption): Draw {
    const { throttling } = this.#settings();
    const factor = throttling.mode === 'scaled' ? throttling.factor : 1;
    const capacity = Math.max(1, amountFor(limit, consumption.tenant.users.size) * factor);
    return { limit, capacity, bucket: this.#fill(limit, consumption, capacity), wanted: wantedBy(limit, consumption) };
  }

  #fill(limit: Limit, { appId, tenant, service, path }: Consumption, capacity: number): Bucket {
    const owner = { applicationAndTenant: `${appId}/${tenant.id}`, application: appId, tenant: tenant.id }[limit.scope];
    const counted = service === 'usageReports' ? path : (service ?? '');
    const key = `${limit.scope}/${limit.counts}/${limit.windowSeconds}/${counted}/${owner}`;
    const now = this.#clock.milliseconds();
    const bucket = this.#buckets.get(key) ?? { level: capacity, filledAt: now };
    const gained = ((now - bucket.filledAt) / 1000) * (capacity / limit.windowSeconds);
    bucket.level = Math.min(capacity, bucket.level + Math.max(0, gained));
    bucket.filledAt = now;
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #refusal({ limit, bucket, wanted, capacity }: Draw, consumption: Consumption): GraphError {
    const { appId, tenant, isWrite, service } = consumption;
    const { retryAfter } = this.#settings().throttling;
    const missing = ((wanted - bucket.level) * limit.windowSeconds) / capacity;
    const seconds = retryAfter === 'computed' ? Math.max(1, Math.ceil(missing)) : retryAfter;
    const access = isWrite ? 'ReadWrite' : 'Read';
    const size = sizeName(tenant.users.size);
    const headers = {
      'x-ms-throttle-scope': `${limit.scopeName}/${access}/${appId}/${tenant.id}`,
      'x-ms-throttle-information': limit.information,
      ...(seconds === null ? {} : { 'retry-after': String(seconds) }),
    };
    if (service !== undefined) return refusal('tooManyRequestsToService', {}, { headers });
    return refusal('tooManyRequests', { appId, size }, { headers });
  }
}

function limitsFor({ service }: Consumption): readonly Limit[] {
  return service === undefined ? limits : serviceLimits[service];
}

function wantedBy(limit: Limit, { units, isWrite }: Consumption): number {
  if (limit.counts === 'units') return units;
  if (limit.counts === 'requests') return 1;
  return isWrite ? 1 : 0;
}

/** Resource units of a call: the operation's own cost, less for narrow questions, more for wide ones. */
export function resourceUnits(baseCost: number, query: URLSearchParams): number {
  let units = baseCost;
  if (query.has('$select')) units -= 1;
  if (query.has('$expand')) units += 1;
  const top = Number(query.get('$top') ?? Number.NaN);
  if (top < 20) units -= 1;
  return Math.max(1, units);
}
