import type { Platform } from '../composition/Platform.ts';

/** Counting that takes less is done anew every time. */
const WORTH_KEEPING_MS = 50;
/** So many times as long as the counting took, so that it costs a twentieth of the time at most. */
const KEPT_FACTOR = 20;

type Count<Counts> = (platform: Platform) => Promise<Counts>;

/** Counts over everybody; in a large directory they are kept until somebody changes, or for some seconds. */
class KeptCounts<Counts> {
  readonly #count: () => Promise<Counts>;
  #kept: { readonly counts: Counts; readonly until: number } | undefined;
  #counting: Promise<Counts> | undefined;
  #changes = 0;

  constructor(platform: Platform, count: Count<Counts>) {
    this.#count = () => count(platform);
    platform.events.subscribe(({ topic }) => {
      if (topic !== 'users') return;
      this.#changes += 1;
      this.#kept = undefined;
    });
  }

  read(): Promise<Counts> {
    if (this.#kept !== undefined && performance.now() < this.#kept.until) return Promise.resolve(this.#kept.counts);
    this.#counting ??= this.#countNow().finally(() => {
      this.#counting = undefined;
    });
    return this.#counting;
  }

  async #countNow(): Promise<Counts> {
    const start = performance.now();
    const changes = this.#changes;
    const counts = await this.#count();
    const end = performance.now();
    const took = end - start;
    const isWorthIt = took >= WORTH_KEEPING_MS && changes === this.#changes;
    this.#kept = isWorthIt ? { counts, until: end + took * KEPT_FACTOR } : undefined;
    return counts;
  }
}

/** The same counting, kept for a while for each platform; see {@link KeptCounts}. */
export function keepCounts<Counts>(count: Count<Counts>): Count<Counts> {
  const known = new WeakMap<Platform, KeptCounts<Counts>>();
  return (platform) => {
    const kept = known.get(platform) ?? new KeptCounts(platform, count);
    known.set(platform, kept);
    return kept.read();
  };
}
