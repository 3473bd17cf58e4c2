import { randomUUID } from 'node:crypto';
import type { Notice } from '@isthmus/contracts';
import { isDomainError, parseUserId, type Secret } from '@isthmus/kernel';
import { open, type SealingKeyPair, seal, textOf } from '@isthmus/sealing';
import type { Platform, Service } from '../../composition/Platform.ts';
import { DirectoryClock } from '../../connections/DirectoryClock.ts';
import { ISTHMUS_ITSELF } from '../../http/Actor.ts';
import type { Mirrors } from '../../mirrors/index.ts';
import { noticeOf } from '../jobs/index.ts';
import {
  isStampOfWrite,
  type PasswordOutbox,
  type People,
  type Person,
  type PersonLocks,
  passwordOrder,
  type WaitingPassword,
} from '../people/index.ts';
import { capturedPasswordSchema, captureReportSchema } from './agentMessages.ts';
import { CaptureWatch } from './CaptureWatch.ts';
import { DeliveryLoop } from './DeliveryLoop.ts';
import { PasswordTableStore, type SealedPassword } from './PasswordTableStore.ts';
import { reviewPasswordStates } from './reviewPasswordStates.ts';

/** Sending the same password again cannot help here. */
const FINAL = ['online.password-refused', 'online.managed-by-synchronization', 'sealing.not-opened'];
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const DUE_AT_ONCE = 500;

function contextOf(password: Pick<SealedPassword, 'userId' | 'version'>): string {
  return `password:${password.userId}:${password.version}`;
}

/** Brings every password that is set in the directory to the online account. */
export class PasswordService implements PasswordOutbox, Service {
  readonly #platform: Platform;
  readonly #people: People;
  readonly #locks: PersonLocks;
  readonly #keys: SealingKeyPair;
  readonly #store: PasswordTableStore;
  readonly #loop: DeliveryLoop;
  readonly #directoryClock: DirectoryClock;
  readonly #watch: CaptureWatch;
  #watchTimer: NodeJS.Timeout | undefined;

  constructor(
    platform: Platform,
    parts: {
      readonly people: People;
      readonly locks: PersonLocks;
      readonly mirrors: Pick<Mirrors, 'onChange'>;
      readonly keys: SealingKeyPair;
    },
  ) {
    this.#platform = platform;
    this.#people = parts.people;
    this.#locks = parts.locks;
    this.#keys = parts.keys;
    this.#store = new PasswordTableStore(platform.database, platform.clock);
    this.#watch = new CaptureWatch(platform);
    this.#directoryClock = new DirectoryClock(platform.connections, platform.clock);
    this.#loop = new DeliveryLoop({
      listDue: async () =>
        platform.connections.findMicrosoft365() === undefined ? [] : this.#store.listDue(DUE_AT_ONCE),
      deliver: (userId) => this.#locks.run(userId, () => this.#deliverQuietly(userId)),
      logger: platform.logger,
    });
    parts.mirrors.onChange(({ side, userIds }) => {
      if (side === 'directory') void this.#review(userIds).catch((error: unknown) => this.#complain(error));
    });
    platform.connections.onChange((side) => {
      if (side === 'microsoft365') void this.#store.hurry().catch((error: unknown) => this.#complain(error));
    });
  }

  async start(): Promise<void> {
    await this.#watch.load();
    await this.#review('all');
    this.#loop.start();
    this.#watchTimer = setInterval(() => {
      void this.#watch.check().catch((error: unknown) => this.#complain(error));
    }, 10_000);
  }

  async stop(): Promise<void> {
    clearInterval(this.#watchTimer);
    await this.#loop.stop();
  }

  /** What the agent's socket hands over; durable when it returns. @throws ZodError */
  readonly agent = {
    acceptPassword: async (body: unknown): Promise<void> => {
      const { sealed, ...password } = capturedPasswordSchema.parse(body);
      await this.accept({ ...password, sealed: Buffer.from(sealed, 'base64') });
    },
    acceptStatus: async (body: unknown): Promise<void> => this.#watch.note(captureReportSchema.parse(body)),
  };

  /** State of the capture and numbers of passwords under way. */
  async status() {
    return { ...this.#watch.state(), ...(await this.#store.count()) };
  }

  async accept(password: Parameters<PasswordOutbox['accept']>[0]): Promise<void> {
    let kept = await this.#store.keep(password);
    if (kept === 'older' && (await this.#isCurrent(password))) {
      kept = await this.#store.keep(password, { isCurrent: true });
    }
    if (kept !== 'kept') return;
    this.#platform.logger.info({ userId: password.userId, version: password.version }, 'a password is on its way');
    this.#loop.nudge(password.userId);
    this.#platform.events.publish({ topic: 'users', ids: [password.userId] });
  }

  /**
   * A password that seems to be older than the known one is late, or the clock of the domain controller was set back in
   * between: what the directory holds now decides. @throws DomainError when it cannot be asked; then it is handed over again
   */
  async #isCurrent({ userId, version, changedAt }: Parameters<PasswordOutbox['accept']>[0]): Promise<boolean> {
    const user = await this.#platform.connections.getDirectory().findUser(parseUserId(userId));
    if (user === undefined) return false;
    if (user.passwordSetAt === undefined) return isStampOfWrite(version);
    return BigInt(user.passwordSetAt.getTime()) === passwordOrder({ version, changedAt });
  }

  async acceptClear(password: Parameters<PasswordOutbox['acceptClear']>[0]): Promise<void> {
    const { userId, version, changedAt } = password;
    const sealed = Buffer.from(await seal(this.#keys.publicKey, password.password, contextOf(password)), 'base64');
    await this.accept({ userId, version, changedAt, sealed });
  }

  async findWaiting(userIds: readonly string[]): Promise<ReadonlyMap<string, WaitingPassword>> {
    const found = await this.#store.findWaiting(userIds);
    return new Map(
      found.map((waiting) => [waiting.userId, { version: waiting.version, open: () => this.#open(waiting) }]),
    );
  }

  async markDelivered(delivered: readonly { readonly userId: string; readonly version: string }[]): Promise<void> {
    if (delivered.length === 0) return;
    const userIds = delivered.map(({ userId }) => userId);
    const [waiting, people] = await Promise.all([this.#store.findWaiting(userIds), this.#people.findMany(userIds)]);
    const setAt = new Map(people.map(({ user }) => [String(user.id), user.passwordSetAt]));
    const capturedAt = new Map(waiting.map(({ userId, changedAt }) => [userId, changedAt]));
    const now = this.#platform.clock.now();
    const changedAtOf = ({ userId, version }: (typeof delivered)[number]): Date =>
      capturedAt.get(userId) ?? setAt.get(userId) ?? new Date(Number(passwordOrder({ version, changedAt: now })));
    await this.#store.markDelivered(delivered.map((one) => ({ ...one, changedAt: changedAtOf(one) })));
    await this.#review(userIds);
  }

  markNeverCaptured(userIds: readonly string[]): Promise<void> {
    return this.#store.markNeverCaptured(userIds);
  }

  /** After the tenant was disconnected. */
  async forgetDelivered(choice: { readonly keepWaiting: boolean }): Promise<void> {
    await this.#store.forgetDelivered(choice);
    await this.#review('all');
  }

  /** Passwords set in the directory make states untrue. */
  async #review(userIds: readonly string[] | 'all'): Promise<void> {
    const changed = await reviewPasswordStates(this.#platform.database, userIds);
    if (changed.length > 0) this.#platform.events.publish({ topic: 'users', ids: [...changed] });
  }

  async deliverWaiting(userId: string): Promise<'delivered' | 'nothing-waiting'> {
    const [waiting] = await this.#store.findWaiting([userId]);
    const person = await this.#people.find(userId);
    if (waiting === undefined || person?.online === undefined || person.online.deletedAt !== undefined) {
      return 'nothing-waiting';
    }
    try {
      await this.#send(waiting, person, person.online.id);
    } catch (error) {
      await this.#keepFailure(waiting, person, error);
      throw error;
    }
    return 'delivered';
  }

  async #deliverQuietly(userId: string): Promise<void> {
    await this.deliverWaiting(userId).catch((error: unknown) => {
      if (!isDomainError(error)) throw error;
    });
  }

  async #open(waiting: SealedPassword): Promise<Secret> {
    return textOf(await open(this.#keys.privateKey, waiting.sealed.toString('base64'), contextOf(waiting)));
  }

  async #send(waiting: SealedPassword, person: Person, onlineId: NonNullable<Person['online']>['id']): Promise<void> {
    const { accounts } = this.#platform.connections.getMicrosoft365();
    const requestId = randomUUID();
    await accounts.setPassword(
      onlineId,
      await this.#open(waiting),
      { mustChange: false },
      { lane: 'password', requestId },
    );
    // A password that was there before the online account tells nothing about the delay.
    const isMeasured =
      person.link !== undefined && waiting.receivedAt !== undefined && person.link.since <= waiting.receivedAt;
    const delayMs = isMeasured ? await this.#msSince(waiting.changedAt) : undefined;
    const state = person.user.passwordSetAt === undefined ? 'must-change' : 'in-step';
    await this.#store.settle(waiting, { state, delayMs });
    // The mirror may have learned of this very change while it was sent; what we saw of the person is older.
    await this.#review([person.user.id]);
    await this.#platform.alerts.resolve('passwords.rejected', person.user.id);
    await this.#platform.alerts.resolve('passwords.not-delivered', person.user.id);
    await this.#tell(person, { delayMs, requestId });
  }

  async #keepFailure(waiting: SealedPassword, person: Person, error: unknown): Promise<void> {
    const notice = noticeOf(error);
    if (FINAL.includes(notice.code)) {
      await this.#store.settle(waiting, { state: 'rejected', reason: notice });
      await this.#raise('passwords.rejected', person, notice);
      await this.#tell(person, { problem: notice });
      return;
    }
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** waiting.attempts, LONGEST_WAIT_MS);
    await this.#store.postpone(waiting, notice, waitMs);
    if (isDomainError(error) && error.retryable) return;
    if (waiting.attempts >= 2) await this.#raise('passwords.not-delivered', person, notice);
  }

  async #raise(code: 'passwords.rejected' | 'passwords.not-delivered', person: Person, notice: Notice): Promise<void> {
    const name = person.user.displayName || person.user.userName;
    await this.#platform.alerts.raise({
      code,
      severity: 'warning',
      title:
        code === 'passwords.rejected'
          ? `Microsoft 365 refused the password of ${name}`
          : `The password of ${name} cannot be delivered`,
      detail: notice.message,
      remedy: notice.remedy ?? 'Set another password.',
      subjectUserId: person.user.id,
      subject: name,
    });
  }

  async #tell(
    person: Person,
    outcome: { readonly delayMs?: number | undefined; readonly problem?: Notice; readonly requestId?: string },
  ): Promise<void> {
    const name = person.user.displayName || person.user.userName;
    const { problem, requestId } = outcome;
    const sentence =
      problem === undefined ? `The password of ${name} is in step` : `Microsoft 365 refused the password of ${name}`;
    await this.#platform.timeline.record([
      {
        userId: person.user.id,
        onlineAccountId: person.online?.id ?? null,
        side: 'online',
        event: problem === undefined ? 'online.password-set' : 'online.password-rejected',
        sentence,
        actor: ISTHMUS_ITSELF,
        reason: 'password-changed',
        durationMs: outcome.delayMs ?? null,
        problem: problem ?? null,
        requestId: requestId ?? null,
      },
    ]);
    await this.#platform.audit.record({
      actor: ISTHMUS_ITSELF,
      action: 'password.deliver',
      sentence,
      subjectUserId: person.user.id,
      subject: name,
      result: problem === undefined ? 'done' : 'failed',
      requestId: requestId ?? null,
    });
    this.#platform.events.publish({ topic: 'users', ids: [person.user.id] });
  }

  /** The moment is of the domain controller's clock, which is only told in whole seconds. */
  async #msSince(moment: Date): Promise<number> {
    const now = await this.#directoryClock.theirs(this.#platform.clock.now());
    return Math.max(0, now.getTime() - moment.getTime());
  }

  #complain(error: unknown): void {
    this.#platform.logger.error({ error: String(error) }, 'the password outbox met an error');
  }
}
