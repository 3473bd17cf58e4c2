import { randomUUID } from 'node:crypto';
import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import { noticeOf } from '../jobs/index.ts';
import { attemptNotFound, findAttemptRecord, forgetAttempt, progressOf } from './attemptRecord.ts';
import { forgetRegistration } from './disabledIntegration.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import { findIntegrationRecord } from './integrationRecord.ts';
import { SetUpAttempt } from './SetUpAttempt.ts';

/** How long an ended attempt can still be looked at. */
const KEPT_MS = 60 * 60_000;

/** The attempts of this server; at most one is alive. */
export class SetUpAttempts {
  readonly #platform: Platform;
  readonly #parts: IntegrationParts;
  readonly #attempts = new Map<string, SetUpAttempt>();

  constructor(platform: Platform, parts: IntegrationParts) {
    this.#platform = platform;
    this.#parts = parts;
  }

  find(id: string): SetUpAttempt | undefined {
    return this.#attempts.get(id.toLowerCase());
  }

  /** @throws DomainError `integration.attempt-not-found` */
  get(id: string): SetUpAttempt {
    const attempt = this.find(id);
    if (attempt === undefined) throw attemptNotFound();
    return attempt;
  }

  findAlive(): SetUpAttempt | undefined {
    return [...this.#attempts.values()].find((attempt) => !attempt.ended);
  }

  /** Begins with the administrator's sign-in; answers once there is a code to type. */
  async start(startedBy: string): Promise<SetUpAttempt> {
    const alive = this.findAlive();
    if (alive?.state === 'registering') {
      throw new DomainError({
        code: 'integration.attempt-running',
        message: `A set-up that ${alive.startedBy} started is registering right now.`,
        remedy: 'Wait for its end, or cancel it.',
      });
    }
    // Whoever starts anew has left the other page: its code would only be in the way.
    if (alive !== undefined) this.#drop(alive);
    const attempt = new SetUpAttempt(randomUUID(), startedBy, () => this.#tell());
    this.#attempts.set(attempt.id, attempt);
    this.#forgetOld(attempt);
    await new Promise<void>((resolve) => {
      void this.#signIn(attempt, resolve).finally(resolve);
    });
    return attempt;
  }

  /** Stops an attempt; the caller removes what it made. */
  #drop(attempt: SetUpAttempt): void {
    attempt.abort();
    attempt.end('cancelled', this.#platform.clock.now());
  }

  async #signIn(attempt: SetUpAttempt, prompted: () => void): Promise<void> {
    try {
      const session = await this.#parts.setUp.signInAdministrator((prompt) => {
        attempt.showPrompt(prompt);
        prompted();
      }, attempt.signal);
      const [tenant, missingRoles] = await Promise.all([session.tenantFacts(), session.missingRoles()]);
      if (attempt.ended) return;
      attempt.signedIn(session, tenant, missingRoles);
      await this.#lookForObstacles(attempt);
    } catch (error) {
      if (attempt.ended) return;
      const notice = noticeOf(error);
      this.#platform.logger.warn({ attemptId: attempt.id, code: notice.code }, 'the administrator’s sign-in failed');
      const expired = notice.code === 'online.sign-in-expired';
      attempt.end(expired ? 'expired' : 'failed', this.#platform.clock.now(), notice);
    }
  }

  async #lookForObstacles(attempt: SetUpAttempt): Promise<void> {
    const record = await findIntegrationRecord(this.#platform.settings);
    const { tenant, missingRoles } = attempt;
    if (tenant === undefined) return;
    if (record !== undefined && record.tenantId !== tenant.tenantId) {
      attempt.meetObstacle({
        code: 'integration.other-tenant',
        message: `This installation is integrated with ${record.tenantName}; you signed in to ${tenant.displayName}.`,
        remedy: `Sign in as an administrator of ${record.tenantName}, or disable that integration first.`,
      });
    } else if (missingRoles.length > 0) {
      attempt.meetObstacle({
        code: 'integration.roles-missing',
        message: `The account lacks the role ${missingRoles.join(' and ')}.`,
        remedy: 'Sign in with an account that has it.',
      });
    }
  }

  /** Removes from the tenant what an attempt, or one before it, has left there. */
  async clean(attempt: SetUpAttempt): Promise<void> {
    const { session } = attempt;
    const record = await findAttemptRecord(this.#platform);
    const earlier = record !== undefined && record.tenantId === session?.tenantId ? progressOf(record.progress) : {};
    const progress = { ...earlier, ...attempt.progress };
    const inUse = (await findIntegrationRecord(this.#platform.settings))?.clientId;
    if (inUse !== undefined && inUse === progress.clientId) {
      await forgetAttempt(this.#platform);
    } else if (session !== undefined && Object.keys(progress).length > 0) {
      await this.#parts.setUp.removeRegistration(session, progress);
      await forgetRegistration(this.#platform.settings, progress.clientId);
      await forgetAttempt(this.#platform);
    }
    attempt.cleaned();
  }

  #forgetOld(newest: SetUpAttempt): void {
    for (const attempt of this.#attempts.values()) {
      if (attempt !== newest && attempt.ended) {
        setTimeout(() => this.#attempts.delete(attempt.id), KEPT_MS).unref();
      }
    }
  }

  #tell(): void {
    this.#platform.events.publish({ topic: 'integration' });
  }
}
