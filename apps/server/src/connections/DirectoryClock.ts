import type { Clock } from '@isthmus/kernel';
import type { Connections } from './Connections.ts';

const ASK_EVERY_MS = 60_000;

/** How far the clock of the domain controller is from ours, so that its times can be put beside our own. */
export class DirectoryClock {
  readonly #connections: Pick<Connections, 'findDirectory'>;
  readonly #clock: Clock;
  #skewMs = 0;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(connections: Pick<Connections, 'findDirectory'>, clock: Clock) {
    this.#connections = connections;
    this.#clock = clock;
  }

  /** A moment of ours as the directory would write it. While the directory is out of reach, by what it last said. */
  async theirs(ours: Date): Promise<Date> {
    return new Date(ours.getTime() + (await this.#skew()));
  }

  async #skew(): Promise<number> {
    const now = this.#clock.now().getTime();
    if (Math.abs(now - this.#askedAt) < ASK_EVERY_MS) return this.#skewMs;
    const info = await this.#connections
      .findDirectory()
      ?.info()
      .catch(() => undefined);
    if (info === undefined) return this.#skewMs;
    this.#askedAt = now;
    this.#skewMs = info.clockSkewMs;
    return this.#skewMs;
  }
}
