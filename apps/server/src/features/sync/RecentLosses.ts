import type { Platform } from '../../composition/Platform.ts';
import { ISTHMUS_ITSELF } from '../../http/Actor.ts';

/** Reason under which approved actions are recorded; what a person approved does not count for the guard. */
export const APPROVED = 'approved';

/** From whom passes took something lately, out of the timeline, so that a restart forgets nothing. */
export class RecentLosses {
  readonly #platform: Platform;
  readonly #windowMs: number;
  readonly #at = new Map<string, number>();

  constructor(platform: Platform, windowMs: number) {
    this.#platform = platform;
    this.#windowMs = windowMs;
  }

  async load(): Promise<void> {
    const rows = await this.#platform.database
      .selectFrom('timeline')
      .select(({ fn }) => ['user_id', fn.max('at').as('at')])
      .where('at', '>', new Date(this.#platform.clock.now().getTime() - this.#windowMs))
      .where('event', 'in', ['online.sign-in-blocked', 'online.removed'])
      .where('actor', '=', ISTHMUS_ITSELF)
      .where('reason', '<>', APPROVED)
      .where('job_id', 'is', null)
      .groupBy('user_id')
      .execute();
    for (const row of rows) if (row.user_id !== null) this.#at.set(row.user_id, row.at.getTime());
  }

  note(userId: string): void {
    this.#at.set(userId, this.#platform.clock.now().getTime());
  }

  people(): ReadonlySet<string> {
    const since = this.#platform.clock.now().getTime() - this.#windowMs;
    for (const [userId, at] of this.#at) if (at < since) this.#at.delete(userId);
    return new Set(this.#at.keys());
  }
}
