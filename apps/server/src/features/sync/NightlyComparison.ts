import { z } from 'zod';
import type { Platform, Service } from '../../composition/Platform.ts';
import type { Mirrors } from '../../mirrors/index.ts';
import { SYNC_SETTINGS, syncSettingsSchema } from './syncSettings.ts';

const RECORD = 'sync-nightly';
const recordSchema = z.object({ day: z.string(), at: z.iso.datetime().nullable() });
const LOOK_EVERY_MS = 60_000;
const ALERT = 'sync.nightly-failed';

/** Year, month and day by the clock of the server. */
function dayOf(moment: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** Is the comparison of this day still to be done? Pure. */
export function isDue(now: Date, hour: number | null, lastDay: string): boolean {
  return hour !== null && now.getHours() >= hour && lastDay < dayOf(now);
}

/** When everything was last read in full at night; undefined = never. */
export async function readLastComparison(platform: Pick<Platform, 'settings'>): Promise<string | undefined> {
  return (await platform.settings.find(RECORD, recordSchema))?.at ?? undefined;
}

/**
 * Once a night both sides are read in full, whatever their change feeds told, and everybody is compared. A night that
 * the server slept through is made up for at its start; a comparison that failed is tried again every minute.
 */
export class NightlyComparison implements Service {
  readonly #platform: Platform;
  readonly #mirrors: Mirrors;
  readonly #compare: (corrected: number) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isRunning = false;
  #corrected: Set<string> | undefined;

  constructor(platform: Platform, parts: { readonly mirrors: Mirrors; readonly compare: (corrected: number) => void }) {
    this.#platform = platform;
    this.#mirrors = parts.mirrors;
    this.#compare = parts.compare;
    parts.mirrors.onChange(({ userIds }) => {
      for (const userId of userIds) this.#corrected?.add(userId);
    });
  }

  async start(): Promise<void> {
    const { settings, clock } = this.#platform;
    // The first reading of all is a full one: that night's work is done.
    if ((await settings.find(RECORD, recordSchema)) === undefined) {
      await settings.put(RECORD, { day: dayOf(clock.now()), at: null });
    }
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.#timer.unref();
    this.look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Compares when it is time. */
  look(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#running = this.#compareIfDue()
      .catch((error: unknown) => this.#failed(String(error)))
      .finally(() => {
        this.#isRunning = false;
      });
  }

  /** Resolves when the comparison that runs is over. */
  settle(): Promise<void> {
    return this.#running;
  }

  async #compareIfDue(): Promise<void> {
    const { settings, clock, connections, alerts } = this.#platform;
    if (connections.findDirectory() === undefined || connections.findMicrosoft365() === undefined) return;
    const { nightlyHour } = (await settings.find(SYNC_SETTINGS, syncSettingsSchema)) ?? syncSettingsSchema.parse({});
    const record = await settings.find(RECORD, recordSchema);
    const now = clock.now();
    if (record === undefined || !isDue(now, nightlyHour, record.day)) return;
    this.#corrected = new Set();
    await this.#mirrors.refresh({ full: true });
    const corrected = this.#corrected.size;
    this.#corrected = undefined;
    const problem = await this.#findProblem();
    if (problem !== undefined) return this.#failed(problem);
    await settings.put(RECORD, { day: dayOf(now), at: now.toISOString() });
    await alerts.resolve(ALERT);
    this.#compare(corrected);
  }

  async #findProblem(): Promise<string | undefined> {
    const rows = await this.#platform.database.selectFrom('feed').select('problem').execute();
    return rows.find((row) => row.problem !== null)?.problem?.message;
  }

  async #failed(message: string): Promise<void> {
    this.#corrected = undefined;
    await this.#platform.alerts
      .raise({
        code: ALERT,
        severity: 'warning',
        title: 'The nightly comparison could not read both sides',
        detail: message,
        remedy: 'It is tried again every minute. See the ages of both copies on the page Synchronization.',
      })
      .catch((error: unknown) => this.#platform.logger.error({ error: String(error) }, 'an alert was lost'));
  }
}
