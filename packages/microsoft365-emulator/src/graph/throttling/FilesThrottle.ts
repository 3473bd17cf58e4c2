import type { EmulatorClock } from '../../EmulatorClock.ts';
import type { Settings } from '../../settings.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { Caller } from '../Caller.ts';
import { GraphError } from '../GraphError.ts';
import { type FilesLimit, filesAmount, filesLimits } from './filesLimits.ts';

export interface FilesConsumption {
  readonly caller: Caller;
  readonly tenant: Tenant;
  readonly units: number;
  readonly isSharing: boolean;
}

interface Window {
  startedAt: number;
  used: number;
}

const WARNING_FROM = 0.8;

/** The limits of SharePoint and OneDrive: what was used in a window of time; calls that are refused count as well. */
export class FilesThrottle {
  readonly #clock: EmulatorClock;
  readonly #settings: () => Settings;
  readonly #windows = new Map<string, Window>();

  constructor(clock: EmulatorClock, settings: () => Settings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** Takes what a call costs, or refuses it; gives the headers that warn of the end of the minute's budget. */
  consume(consumption: FilesConsumption): Record<string, string> {
    const { throttling } = this.#settings();
    if (throttling.mode === 'off') return {};
    const factor = throttling.mode === 'scaled' ? throttling.factor : 1;
    const licenses = consumption.tenant.skus.values().reduce((sum, { enabled }) => sum + enabled, 0);
    const draws = filesLimits.map((limit) => {
      const amount = Math.max(1, filesAmount(limit, licenses) * factor);
      return { limit, amount, window: this.#draw(limit, consumption) };
    });
    const headers = this.#warning(draws[0]);
    const exceeded = draws.find(({ window, amount }) => window.used > amount);
    if (exceeded !== undefined) throw this.#refusal(exceeded.limit, exceeded.window, headers);
    return headers;
  }

  clear(): void {
    this.#windows.clear();
  }

  #draw(limit: FilesLimit, { caller, tenant, units, isSharing }: FilesConsumption): Window {
    const owners = {
      applicationAndTenant: `${caller.appId}/${tenant.id}`,
      tenant: tenant.id,
      user: caller.kind === 'user' ? caller.objectId : '',
    };
    const key = `${limit.name}/${owners[limit.scope]}`;
    const now = this.#clock.milliseconds();
    const known = this.#windows.get(key);
    const isOver = known === undefined || now - known.startedAt >= limit.windowSeconds * 1000;
    const window = isOver ? { startedAt: now, used: 0 } : known;
    this.#windows.set(key, window);
    const isCounted = limit.scope !== 'user' || caller.kind === 'user';
    if (isCounted) window.used += { units, requests: 1, sharing: isSharing ? 1 : 0 }[limit.counts];
    return window;
  }

  #warning(
    draw: { readonly limit: FilesLimit; readonly amount: number; readonly window: Window } | undefined,
  ): Record<string, string> {
    if (draw === undefined || draw.window.used < draw.amount * WARNING_FROM) return {};
    return {
      'ratelimit-limit': String(Math.floor(draw.amount)),
      'ratelimit-remaining': String(Math.max(0, Math.floor(draw.amount - draw.window.used))),
      'ratelimit-reset': String(this.#secondsLeft(draw.limit, draw.window)),
    };
  }

  #secondsLeft({ windowSeconds }: FilesLimit, { startedAt }: Window): number {
    return Math.max(1, Math.ceil((startedAt + windowSeconds * 1000 - this.#clock.milliseconds()) / 1000));
  }

  /** The wait is always told; refused sharing has a code of its own. */
  #refusal(limit: FilesLimit, window: Window, headers: Readonly<Record<string, string>>): GraphError {
    const more = { headers: { ...headers, 'retry-after': String(this.#secondsLeft(limit, window)) } };
    if (limit.name === 'sharing') {
      return new GraphError(429, 'accessDenied', 'Too Many Requests', { ...more, innerCode: 'throttledRequest' });
    }
    const status = this.#settings().sharePointThrottledStatus;
    if (status === 503) return new GraphError(503, 'serviceNotAvailable', 'The service is not available.', more);
    return new GraphError(429, 'activityLimitReached', 'The request has been throttled', more);
  }
}
