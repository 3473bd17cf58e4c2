import type { SyncStatus } from '@isthmus/contracts';
import { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import { type CaptureReport, captureReportSchema } from './agentMessages.ts';

const SETTING = 'password-capture';
const storedSchema = captureReportSchema.extend({ seenAt: z.coerce.date() });
type Seen = z.infer<typeof storedSchema>;

/** The agent reports every few seconds. */
const SILENT_AFTER_MS = 30_000;
const ALERT_AFTER_MS = 120_000;
const STORE_EVERY_MS = 60_000;

export type CaptureState = Omit<SyncStatus['passwordCapture'], 'waiting' | 'rejected' | 'lastSeenAt'> & {
  readonly lastSeenAt: Date | undefined;
};

/** What we know of the password capture from its reports, and from their absence. */
export class CaptureWatch {
  readonly #platform: Platform;
  #seen: Seen | undefined;
  #storedAt = 0;
  #alerted: string | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async load(): Promise<void> {
    this.#seen = await this.#platform.settings.find(SETTING, storedSchema);
  }

  async note(report: CaptureReport): Promise<void> {
    const now = this.#platform.clock.now();
    const isNews = this.#seen?.capture !== report.capture || this.#seen.detail !== report.detail;
    this.#seen = { ...report, seenAt: now };
    if (!isNews && now.getTime() - this.#storedAt < STORE_EVERY_MS) return;
    this.#storedAt = now.getTime();
    await this.#platform.settings.put(SETTING, this.#seen);
    if (isNews) this.#platform.events.publish({ topic: 'sync' });
    await this.check();
  }

  state(): CaptureState {
    const seen = this.#seen;
    if (seen === undefined) {
      return {
        state: 'not-configured',
        detail: 'No capture agent has reported yet.',
        lastSeenAt: undefined,
      };
    }
    if (this.#silence(seen) > SILENT_AFTER_MS) {
      const detail = `The capture agent on ${seen.dcHostName} has not reported since ${seen.seenAt.toISOString()}.`;
      return { state: 'silent', detail, lastSeenAt: seen.seenAt };
    }
    return { state: seen.capture, detail: seen.detail, lastSeenAt: seen.seenAt };
  }

  /** Raises or ends the alert about the capture; call it now and then. */
  async check(): Promise<void> {
    const { state, detail } = this.state();
    const seen = this.#seen;
    const tooLong = state === 'silent' && seen !== undefined && this.#silence(seen) > ALERT_AFTER_MS;
    const wanted = state === 'broken' || tooLong ? `${state}: ${detail}` : '';
    if (wanted === this.#alerted) return;
    this.#alerted = wanted;
    if (wanted === '') {
      await this.#platform.alerts.resolve('passwords.capture-broken');
      return;
    }
    await this.#platform.alerts.raise({
      code: 'passwords.capture-broken',
      severity: 'critical',
      title: 'Passwords changed in the directory do not reach Microsoft 365',
      detail,
      remedy: 'Start the capture agent on the domain controller, and mend what it names.',
    });
  }

  #silence(seen: Seen): number {
    return this.#platform.clock.now().getTime() - seen.seenAt.getTime();
  }
}
