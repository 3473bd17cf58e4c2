import type { EmulatorClock } from '../EmulatorClock.ts';
import type { Settings } from '../settings.ts';
import { ExchangeError } from './errors/ExchangeError.ts';

interface Window {
  readonly endsAt: number;
  used: number;
}

/** Counts the calls of each application in a tenant over a window of time, as the `Rate-Limit-*` headers tell them. */
export class RateLimiter {
  readonly #clock: EmulatorClock;
  readonly #settings: () => Settings;
  readonly #windows = new Map<string, Window>();

  constructor(clock: EmulatorClock, settings: () => Settings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** Counts a call and gives its headers, or refuses it. */
  take(appId: string, tenantId: string): Readonly<Record<string, string>> {
    const { throttling, exchange } = this.#settings();
    if (throttling.mode === 'off') return {};
    const factor = throttling.mode === 'scaled' ? throttling.factor : 1;
    const limit = Math.max(1, Math.round(exchange.rateLimit * factor));
    const window = this.#window(`${tenantId}/${appId}`, exchange.rateLimitSeconds);
    window.used += 1;
    const headers = {
      'rate-limit-limit': String(limit),
      'rate-limit-remaining': String(Math.max(0, limit - window.used)),
      'rate-limit-reset': new Date(window.endsAt).toISOString(),
    };
    const shown = exchange.rateLimitHeaders ? headers : {};
    if (window.used > limit) throw new ExchangeError('throttled', {}, { ...shown, ...this.#retryAfter(window) });
    return shown;
  }

  clear(): void {
    this.#windows.clear();
  }

  #window(key: string, seconds: number): Window {
    const now = this.#clock.milliseconds();
    const known = this.#windows.get(key);
    if (known !== undefined && known.endsAt > now) return known;
    const window = { endsAt: now + seconds * 1000, used: 0 };
    this.#windows.set(key, window);
    return window;
  }

  #retryAfter({ endsAt }: Window): Readonly<Record<string, string>> {
    const { retryAfter } = this.#settings().throttling;
    if (retryAfter === null) return {};
    const untilReset = Math.max(1, Math.ceil((endsAt - this.#clock.milliseconds()) / 1000));
    return { 'retry-after': String(retryAfter === 'computed' ? untilReset : retryAfter) };
  }
}
