import type { UserFilter } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { countPresets } from './userRows.ts';

type Counts = Record<UserFilter, number>;

/** Counting that takes less is done anew every time. */
const WORTH_KEEPING_MS = 50;
/** So many times as long as the counting took, so that it costs a twentieth of the time at most. */
const KEPT_FACTOR = 20;

interface Kept {
  readonly counts: Counts;
  readonly until: number;
}

/** People in each preset. In a large directory they are kept until somebody changes, or for some seconds. */
class PresetCounts {
  readonly #platform: Platform;
  #kept: Kept | undefined;
  #counting: Promise<Counts> | undefined;
  #changes = 0;

  constructor(platform: Platform) {
    this.#platform = platform;
    platform.events.subscribe(({ topic }) => {
      if (topic !== 'users') return;
      this.#changes += 1;
      this.#kept = undefined;
    });
  }

  read(): Promise<Counts> {
    if (this.#kept !== undefined && performance.now() < this.#kept.until) return Promise.resolve(this.#kept.counts);
    this.#counting ??= this.#count().finally(() => {
      this.#counting = undefined;
    });
    return this.#counting;
  }

  async #count(): Promise<Counts> {
    const start = performance.now();
    const changes = this.#changes;
    const counts = await countPresets(this.#platform.database, this.#platform.clock.now());
    const end = performance.now();
    const took = end - start;
    const isWorthIt = took >= WORTH_KEEPING_MS && changes === this.#changes;
    this.#kept = isWorthIt ? { counts, until: end + took * KEPT_FACTOR } : undefined;
    return counts;
  }
}

const known = new WeakMap<Platform, PresetCounts>();

/** People in each preset; see {@link PresetCounts}. */
export function readPresetCounts(platform: Platform): Promise<Counts> {
  const found = known.get(platform) ?? new PresetCounts(platform);
  known.set(platform, found);
  return found.read();
}
