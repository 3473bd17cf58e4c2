import type { Clock } from '@isthmus/kernel';
import type { Timer } from '../http/Timer.ts';
import type { Lane, ThrottleState } from '../ports.ts';
import type { TenantLimits } from './limits.ts';
import type { Cost } from './resourceUnits.ts';
import { TokenBucket } from './TokenBucket.ts';
import { backOff } from './waits.ts';

const LANES: readonly Lane[] = ['password', 'interactive', 'background'];
/** Places in flight that a lane leaves free for the lanes above it. */
const PLACES_LEFT: Readonly<Record<Lane, number>> = { password: 0, interactive: 1, background: 2 };

/** What the answer told about our use of the limits. */
export interface UseReport {
  /** `x-ms-resource-unit`, summed over the items of a batch. */
  readonly resourceUnits?: number | undefined;
  /** `x-ms-throttle-limit-percentage`: 1 = exactly at the limit. */
  readonly limitUse?: number | undefined;
  readonly throttled?: {
    readonly retryAfter: number | undefined;
    readonly exceeded: 'resource-units' | 'writes' | undefined;
  };
}

/** Leave to send one request; `finish` must be called exactly once, whatever became of the request. */
export interface Permit {
  finish(report: UseReport): void;
}

interface Waiting {
  readonly lane: Lane;
  readonly cost: Cost;
  readonly sequence: number;
  readonly start: (probing: boolean) => void;
  readonly giveUp: (reason: Error) => void;
}

type Delay = { readonly by: 'writes' | 'all'; readonly milliseconds: number };

/**
 * One budget for everything we send to one tenant. Lanes are served in order; a lane whose writes must wait does not
 * hold up reads, so that a long bulk run does not make the mirror go stale.
 */
export class ThrottleGovernor {
  readonly #limits: TenantLimits;
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #random: () => number;
  readonly #resourceUnits: TokenBucket;
  readonly #writes: TokenBucket;
  readonly #queues = new Map(LANES.map((lane) => [lane, { reads: new Queue(), writes: new Queue() }]));
  #sequence = 0;
  #inFlight = 0;
  #sent = 0;
  #throttled = 0;
  #pausedUntil = 0;
  /** Pauses in a row without a success between them; sets the wait when the service names none. */
  #pausesInRow = 0;
  /** During a pause one password call at a time may try whether the tenant answers again. */
  #probe = { running: false, notBefore: 0, failures: 0 };
  #cancelWake: (() => void) | undefined;

  constructor(options: {
    readonly limits: TenantLimits;
    readonly clock: Clock;
    readonly timer: Timer;
    readonly random?: (() => number) | undefined;
  }) {
    this.#limits = options.limits;
    this.#clock = options.clock;
    this.#timer = options.timer;
    this.#random = options.random ?? Math.random;
    this.#resourceUnits = new TokenBucket(options.limits.resourceUnits, options.clock.now());
    this.#writes = new TokenBucket(options.limits.writes, options.clock.now());
  }

  /** @throws the signal's reason when it aborts while waiting */
  acquire(lane: Lane, cost: Cost, signal?: AbortSignal): Promise<Permit> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const queue = this.#queueOf(lane, cost);
      const onAbort = () => {
        queue.remove(entry);
        reject(signal?.reason);
        this.#pump();
      };
      const entry: Waiting = {
        lane,
        cost,
        sequence: this.#sequence++,
        start: (probing) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(this.#permit(entry, probing));
        },
        giveUp: (reason) => {
          signal?.removeEventListener('abort', onAbort);
          reject(reason);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      queue.push(entry);
      this.#pump();
    });
  }

  /** Sends everybody who waits away. */
  close(reason: Error): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    for (const { reads, writes } of this.#queues.values()) {
      for (const entry of [...reads.takeAll(), ...writes.takeAll()]) entry.giveUp(reason);
    }
  }

  state(): ThrottleState {
    const waiting = (lane: Lane) => {
      const queues = this.#queues.get(lane);
      return (queues?.reads.length ?? 0) + (queues?.writes.length ?? 0);
    };
    const paused = this.#pausedUntil > this.#clock.now().getTime();
    return {
      waiting: {
        password: waiting('password'),
        interactive: waiting('interactive'),
        background: waiting('background'),
      },
      pausedUntil: paused ? new Date(this.#pausedUntil) : undefined,
      requestsSent: this.#sent,
      timesThrottled: this.#throttled,
    };
  }

  #queueOf(lane: Lane, cost: Cost): Queue {
    const queues = this.#queues.get(lane);
    if (queues === undefined) throw new TypeError(`No such lane: ${lane}`);
    return cost.writes > 0 ? queues.writes : queues.reads;
  }

  #permit(entry: Waiting, probing: boolean): Permit {
    let finished = false;
    return {
      finish: (report) => {
        if (finished) throw new TypeError('A permit was finished twice');
        finished = true;
        this.#end(entry, report, probing);
      },
    };
  }

  #end(entry: Waiting, report: UseReport, probing: boolean): void {
    const now = this.#clock.now();
    this.#inFlight -= 1;
    if (probing) this.#probe.running = false;
    if (report.resourceUnits !== undefined)
      this.#resourceUnits.take(report.resourceUnits - entry.cost.resourceUnits, now);
    if (report.limitUse !== undefined) this.#heed(report.limitUse, now);
    if (report.throttled !== undefined) this.#pause(report.throttled, probing, now);
    else if (probing) this.#probe = { running: false, notBefore: now.getTime(), failures: 0 };
    else if (now.getTime() >= this.#pausedUntil) this.#pausesInRow = 0;
    this.#pump();
  }

  /** The service counts what other programs of the same registration do as well; the nearer limit is the one meant. */
  #heed(limitUse: number, now: Date): void {
    const fullness = (bucket: TokenBucket) => bucket.level(now) / bucket.capacity;
    const bucket = fullness(this.#writes) < fullness(this.#resourceUnits) ? this.#writes : this.#resourceUnits;
    bucket.lowerTo((1 - limitUse) * bucket.capacity, now);
  }

  #pause(throttled: NonNullable<UseReport['throttled']>, probing: boolean, now: Date): void {
    this.#throttled += 1;
    const time = now.getTime();
    const already = this.#pausedUntil > time;
    const asked = throttled.retryAfter;
    if (asked === undefined && already && !probing) return;
    // Several answers in flight tell of the same pause: only the first one counts.
    if (!already) {
      this.#pausesInRow += 1;
      this.#probe = { running: false, notBefore: time, failures: 0 };
    }
    const spread = asked === undefined ? 0 : Math.min(500, asked * 0.1) * this.#random();
    const wait = asked === undefined ? backOff(this.#pausesInRow - 1, this.#random, 1_000, 60_000) : asked + spread;
    this.#pausedUntil = Math.max(this.#pausedUntil, time + wait);
    if (throttled.exceeded === 'writes') this.#writes.lowerTo(0, now);
    if (throttled.exceeded === 'resource-units') this.#resourceUnits.lowerTo(0, now);
    if (probing) {
      const failures = this.#probe.failures + 1;
      this.#probe = { running: false, notBefore: time + backOff(failures, this.#random, 1_000, 30_000), failures };
    }
  }

  /** Starts whatever may start, in the order of the lanes, and sets the alarm for the next moment worth looking. */
  #pump(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    let wake = Number.POSITIVE_INFINITY;
    let writesMustWait = false;
    for (;;) {
      const entry = this.#first(writesMustWait);
      if (entry === undefined) break;
      const delay = this.#delayOf(entry);
      if (delay === undefined) {
        this.#start(entry);
        continue;
      }
      wake = Math.min(wake, delay.milliseconds);
      if (delay.by === 'all') break;
      writesMustWait = true;
    }
    if (Number.isFinite(wake)) this.#cancelWake = this.#timer.after(wake, () => this.#pump());
  }

  #first(withoutWrites: boolean): Waiting | undefined {
    for (const lane of LANES) {
      const queues = this.#queues.get(lane);
      const read = queues?.reads.first;
      const write = withoutWrites ? undefined : queues?.writes.first;
      if (read === undefined && write === undefined) continue;
      if (read === undefined || write === undefined) return read ?? write;
      return read.sequence < write.sequence ? read : write;
    }
    return undefined;
  }

  #delayOf({ lane, cost }: Waiting): Delay | undefined {
    const now = this.#clock.now();
    const pause = this.#pauseOf(lane, now.getTime());
    if (pause > 0) return { by: 'all', milliseconds: pause };
    const places = Math.max(1, this.#limits.concurrency - PLACES_LEFT[lane]);
    if (this.#inFlight >= places) return { by: 'all', milliseconds: Number.POSITIVE_INFINITY };
    const share = this.#limits.reserve[lane];
    const units = this.#resourceUnits.waitFor(cost.resourceUnits, share * this.#resourceUnits.capacity, now);
    if (units > 0) return { by: 'all', milliseconds: units };
    if (cost.writes === 0) return undefined;
    const writes = this.#writes.waitFor(cost.writes, share * this.#writes.capacity, now);
    return writes > 0 ? { by: 'writes', milliseconds: writes } : undefined;
  }

  #pauseOf(lane: Lane, time: number): number {
    if (this.#pausedUntil <= time) return 0;
    const rest = this.#pausedUntil - time;
    if (lane !== 'password') return rest;
    if (this.#probe.running) return rest;
    return Math.min(rest, Math.max(0, this.#probe.notBefore - time));
  }

  #start(entry: Waiting): void {
    const now = this.#clock.now();
    this.#queueOf(entry.lane, entry.cost).remove(entry);
    this.#resourceUnits.take(entry.cost.resourceUnits, now);
    this.#writes.take(entry.cost.writes, now);
    this.#inFlight += 1;
    this.#sent += 1;
    const probing = this.#pausedUntil > now.getTime();
    if (probing) this.#probe.running = true;
    entry.start(probing);
  }
}

/** First in, first out; removing the first is cheap, removing another is rare. */
class Queue {
  #entries: Waiting[] = [];
  #head = 0;

  get length(): number {
    return this.#entries.length - this.#head;
  }

  get first(): Waiting | undefined {
    return this.#entries[this.#head];
  }

  push(entry: Waiting): void {
    this.#entries.push(entry);
  }

  remove(entry: Waiting): void {
    if (this.first === entry) {
      this.#head += 1;
      if (this.#head * 2 > this.#entries.length) this.#compact();
      return;
    }
    this.#entries = this.#entries.filter((other) => other !== entry);
  }

  takeAll(): readonly Waiting[] {
    this.#compact();
    return this.#entries.splice(0);
  }

  #compact(): void {
    this.#entries = this.#entries.slice(this.#head);
    this.#head = 0;
  }
}
