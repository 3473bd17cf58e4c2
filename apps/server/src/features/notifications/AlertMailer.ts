import type { Service } from '../../composition/Platform.ts';
import { noticeOf } from '../jobs/index.ts';
import { composeAlertMail } from './composeMail.ts';
import { readKnownAlerts, rememberMailed } from './mailedAlerts.ts';
import { recipientsRefused } from './mailProblem.ts';
import { letterheadOf, type NotificationParts } from './NotificationParts.ts';
import { tellOfDelivery } from './ownAlerts.ts';
import { type MailPlan, planMail } from './planMail.ts';
import {
  type Delivery,
  findStored,
  openServer,
  putDelivery,
  readDelivery,
  type StoredSettings,
} from './storedSettings.ts';
import { waitAfter } from './waitAfter.ts';

const EVERY_MS = 10_000;
/** A server that is stopped lets a mail on its way be taken, but not for long. */
const GRACE_MS = 5_000;

/**
 * Looks again and again whether there is something to write about. What was told, and how often it failed, is in the
 * database, so a restart neither repeats nor loses.
 */
export class AlertMailer implements Service {
  readonly #parts: NotificationParts;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #stopping = new AbortController();

  constructor(parts: NotificationParts, everyMs: number = EVERY_MS) {
    this.#parts = parts;
    this.#everyMs = everyMs;
  }

  async start(): Promise<void> {
    this.#stopping = new AbortController();
    this.#plan(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    const grace = setTimeout(() => this.#stopping.abort(), GRACE_MS);
    this.#timer = undefined;
    await this.#round;
    clearTimeout(grace);
    this.#stopping.abort();
  }

  #plan(signal: AbortSignal): void {
    const timer = setTimeout(() => {
      this.#round = this.#look(signal)
        .catch((error: unknown) =>
          this.#parts.platform.logger.warn({ error: String(error) }, 'could not look what to write about'),
        )
        .finally(() => {
          if (this.#timer === timer) this.#plan(signal);
        });
    }, this.#everyMs);
    this.#timer = timer;
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { platform } = this.#parts;
    const stored = await findStored(platform);
    if (stored === undefined) return;
    const delivery = await readDelivery(platform, stored.id);
    const now = platform.clock.now();
    if (delivery.nextAttemptAt !== null && new Date(delivery.nextAttemptAt) > now) return;
    const rules = { ...stored, turnedOnAt: new Date(stored.turnedOnAt) };
    const plan = planMail(await readKnownAlerts(platform), rules, now);
    // Without news, a server that failed is still tried, so that the alert about it ends.
    if (plan === undefined && delivery.failedAttempts === 0) return;
    const after = await this.#attempt(stored, plan, delivery, signal);
    // What was stopped has neither failed nor succeeded; what belongs to earlier settings does not matter any more.
    if (signal.aborted || (await findStored(platform))?.id !== stored.id) return;
    await putDelivery(platform, after);
    await tellOfDelivery(platform, after);
    platform.events.publish({ topic: 'alerts' });
  }

  async #attempt(
    stored: StoredSettings,
    plan: MailPlan | undefined,
    delivery: Delivery,
    signal: AbortSignal,
  ): Promise<Delivery> {
    const { platform } = this.#parts;
    const good = { ...delivery, failedAttempts: 0, nextAttemptAt: null, problem: null };
    try {
      const refused = await this.#deliver(stored, plan, signal);
      if (plan === undefined) return good;
      await rememberMailed(platform, plan.fresh);
      const problem = refused.length === 0 ? null : noticeOf(recipientsRefused(refused));
      return { ...good, lastSentAt: platform.clock.now().toISOString(), problem };
    } catch (error) {
      const failedAttempts = delivery.failedAttempts + 1;
      const problem = noticeOf(error);
      platform.logger.warn({ code: problem.code, failedAttempts }, 'alerts could not be mailed');
      const nextAttemptAt = new Date(platform.clock.now().getTime() + waitAfter(failedAttempts)).toISOString();
      return { ...delivery, failedAttempts, nextAttemptAt, problem };
    }
  }

  async #deliver(stored: StoredSettings, plan: MailPlan | undefined, signal: AbortSignal): Promise<readonly string[]> {
    const { platform, sender } = this.#parts;
    const server = await openServer(platform, stored);
    if (plan === undefined) {
      await sender.check(server);
      return [];
    }
    return sender.send(server, composeAlertMail(plan, await letterheadOf(this.#parts, stored)), signal);
  }
}
