import { randomUUID } from 'node:crypto';
import { isDomainError } from '@isthmus/kernel';
import type { Platform, Service } from '../../composition/Platform.ts';
import { ISTHMUS_ITSELF } from '../../http/Actor.ts';
import { noticeOf } from '../jobs/index.ts';
import type { Action, Performer, Person, PersonStore } from '../people/index.ts';

const NO_SEAT = 'online.no-free-license';
const FAILED = 'licenses.waiting-failed';
/** When Microsoft 365 did not answer, the numbers of seats say nothing new. */
const RETRY_MS = 5 * 60_000;

interface Waiting {
  readonly user_id: string;
  readonly sku_id: string;
  readonly disabled_plans: string[];
}

/** What became of the people whose turn it was, by their ids. */
interface Round {
  readonly served: Set<string>;
  readonly failures: Map<string, unknown>;
}

/** Somebody whom a license cannot be given any more; who is only blocked goes on waiting. */
function hasLeft({ online, removedAt, link }: Person): boolean {
  return (
    removedAt !== undefined ||
    online === undefined ||
    online.deletedAt !== undefined ||
    link?.hold?.reason === 'unassigned' ||
    link?.hold?.reason === 'off-boarded'
  );
}

/**
 * Gives products to the people who wait for them, the longest wait first, whenever the numbers of free seats were read
 * anew. Doing it twice does no harm: who has the product waits no longer.
 */
export class WaitingSeats implements Service {
  readonly #platform: Platform;
  readonly #people: PersonStore;
  readonly #performer: Performer;
  #work: Promise<void> = Promise.resolve();
  #isQueued = false;
  #stopped = true;
  #retry: NodeJS.Timeout | undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(platform: Platform, parts: { readonly people: PersonStore; readonly performer: Performer }) {
    this.#platform = platform;
    this.#people = parts.people;
    this.#performer = parts.performer;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#unsubscribe = this.#platform.events.subscribe(({ topic }) => {
      // Told when the numbers of seats are other ones than before, and when all accounts were read.
      if (topic === 'integration') this.#wake();
    });
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    clearTimeout(this.#retry);
    await this.#work;
  }

  /** One round at a time; a wake-up during a round begins one more. */
  #wake(): void {
    if (this.#isQueued || this.#stopped) return;
    this.#isQueued = true;
    this.#work = this.#work.then(async () => {
      this.#isQueued = false;
      await this.#serve().catch((error: unknown) =>
        this.#platform.logger.warn({ error: String(error) }, 'waiting licenses could not be given'),
      );
    });
  }

  async #serve(): Promise<void> {
    if (this.#platform.connections.findMicrosoft365() === undefined) return;
    const { database } = this.#platform;
    if (!(await this.#knowsAccounts())) return;
    const [seats, waiting] = await Promise.all([
      database.selectFrom('license').select(['sku_id', 'total', 'used', 'state']).execute(),
      database.selectFrom('license_wait').selectAll().orderBy('asked_at').orderBy('user_id').execute(),
    ]);
    await this.#forgetFailures(new Set(waiting.map((one) => one.user_id)));
    const round: Round = { served: new Set(), failures: new Map() };
    for (const { sku_id: skuId, total, used, state } of seats) {
      if (state !== 'enabled' && state !== 'warning') continue;
      const queue = waiting.filter((one) => one.sku_id === skuId);
      await this.#give(queue, total - used, round);
    }
    await this.#tell(round);
  }

  /** After an integration was disabled, seats come back before accounts: until then nobody's account is missing. */
  async #knowsAccounts(): Promise<boolean> {
    const { database } = this.#platform;
    const feed = await database.selectFrom('feed').select('position').where('name', '=', 'tenant').executeTakeFirst();
    return (feed?.position ?? null) !== null;
  }

  async #give(waiting: readonly Waiting[], free: number, round: Round): Promise<void> {
    let left = free;
    for (const one of waiting) {
      if (left <= 0 || this.#stopped) return;
      try {
        const given = await this.#giveOne(one);
        if (given) left -= 1;
        round.served.add(one.user_id);
      } catch (error) {
        if (this.#endsRound(error)) return;
        round.failures.set(one.user_id, error);
      }
    }
  }

  /** One alert for each person, whatever the number of products: it ends when none of them fails any more. */
  async #tell({ served, failures }: Round): Promise<void> {
    for (const userId of served) if (!failures.has(userId)) await this.#platform.alerts.resolve(FAILED, userId);
    for (const [userId, error] of failures) await this.#report(userId, error);
  }

  /** Not a matter of this person: nobody else would get the product now either. */
  #endsRound(error: unknown): boolean {
    if (!isDomainError(error)) return false;
    if (error.retryable) this.#again();
    return error.retryable || error.code === NO_SEAT;
  }

  async #giveOne({ user_id: userId, sku_id: skuId, disabled_plans: plans }: Waiting): Promise<boolean> {
    const person = await this.#people.find(userId);
    const action: Action =
      person === undefined || hasLeft(person)
        ? { type: 'license.stop-waiting', skuIds: [skuId] }
        : {
            type: 'online.assign-licenses',
            skuIds: [skuId],
            ...(plans.length === 0 ? {} : { disabledPlans: { [skuId]: plans } }),
          };
    const isGiven = action.type === 'online.assign-licenses';
    const requestId = randomUUID();
    const { state } = await this.#performer.perform(
      userId,
      { action, reason: 'seat-free' },
      { actor: ISTHMUS_ITSELF, lane: 'background', requestId },
    );
    if (state !== 'done') return false;
    const name = person?.user.displayName || person?.user.userName || userId;
    await this.#platform.audit.record({
      actor: ISTHMUS_ITSELF,
      address: '',
      action: isGiven ? 'license.seat-given' : 'license.waiting-ended',
      sentence: isGiven ? `Gave ${name} the license waited for` : `Took ${name} off the waiting list`,
      subjectUserId: userId,
      subject: name,
      result: 'done',
      requestId,
      jobId: null,
    });
    return isGiven;
  }

  #again(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#wake(), RETRY_MS);
  }

  /** Whoever waits no longer has no trouble with it either. */
  async #forgetFailures(waiting: ReadonlySet<string>): Promise<void> {
    const open = await this.#platform.database
      .selectFrom('alert')
      .select('subject_user_id')
      .where('code', '=', FAILED)
      .where('state', '<>', 'resolved')
      .execute();
    for (const { subject_user_id: userId } of open) {
      if (userId !== null && !waiting.has(userId)) await this.#platform.alerts.resolve(FAILED, userId);
    }
  }

  async #report(userId: string, error: unknown): Promise<void> {
    const person = await this.#people.find(userId);
    const name = person?.user.displayName || person?.user.userName || userId;
    const { message, remedy } = noticeOf(error);
    this.#platform.logger.warn({ userId, error: message }, 'a waiting license could not be given');
    await this.#platform.alerts.raise({
      code: FAILED,
      severity: 'warning',
      title: `${name} waits for a license that cannot be given`,
      detail: message,
      remedy: remedy ?? 'Take the license off the waiting list, or assign another one.',
      subjectUserId: userId,
      subject: name,
    });
  }
}
