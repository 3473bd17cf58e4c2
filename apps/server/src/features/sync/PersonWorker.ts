import { randomUUID } from 'node:crypto';
import type { ActionType } from '@isthmus/contracts';
import { isDomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import { ISTHMUS_ITSELF } from '../../http/Actor.ts';
import { noticeOf } from '../jobs/index.ts';
import type { People, Person, PlanPerformer, ReasonedAction } from '../people/index.ts';
import type { Cause } from './Cause.ts';
import { keyOf } from './GuardedRound.ts';
import type { HeldPasses } from './HeldPasses.ts';
import type { NoticeBoard } from './NoticeBoard.ts';
import type { PlanReader } from './PlanReader.ts';
import { withoutDestructive } from './planPerson.ts';
import { APPROVED } from './RecentLosses.ts';
import type { SetAside } from './SetAside.ts';

/** What a round decided about one person. */
export interface PersonWork {
  readonly userId: string;
  readonly name: string;
  /** Somebody gains or loses the sign-in: it overtakes changes of names. */
  readonly isUrgent: boolean;
  readonly cause: Cause;
  /** Key of what may be taken away, if any. */
  readonly mayTake: string | undefined;
}

/** `again`: something else is to be decided first. `side-down`: nobody can be worked on at the moment. */
export type WorkResult =
  | { readonly outcome: 'done'; readonly done: readonly ActionType[] }
  | { readonly outcome: 'failed'; readonly done: readonly ActionType[]; readonly problem: string }
  | { readonly outcome: 'again' | 'side-down' };

export interface WorkerParts {
  readonly people: People;
  readonly performer: PlanPerformer;
  readonly reader: PlanReader;
  readonly held: HeldPasses;
  readonly board: NoticeBoard;
  readonly setAside: SetAside;
}

/** When these happen it is not about the person. */
const SIDE_DOWN = [
  'online.unreachable',
  'online.throttled',
  'online.certificate-refused',
  'online.application-missing',
  'directory.unreachable',
  'directory.certificate-not-trusted',
  'directory.credentials-refused',
  'integration.not-integrated',
  'storage.unreachable',
];
/** So often a failure that may heal by itself is tried again before anybody is told. */
const PATIENCE = 3;

const SENTENCES: Partial<Record<ReasonedAction['action']['type'], string>> = {
  'online.block-sign-in': 'Blocked the online sign-in of',
  'online.revoke-sessions': 'Ended the online sessions of',
  'online.allow-sign-in': 'Allowed the online sign-in of',
  'online.change': 'Changed the online account of',
  'online.remove': 'Removed the online account of',
  'online.restore': 'Restored the online account of',
};

interface Decision {
  readonly actions: readonly ReasonedAction[];
  readonly again: boolean;
}

const typesOf = (actions: readonly ReasonedAction[]): string => actions.map(({ action }) => action.type).join();

/** Does for one person what the pass decided, on the newest state. */
export class PersonWorker {
  readonly #platform: Platform;
  readonly #parts: WorkerParts;

  constructor(platform: Platform, parts: WorkerParts) {
    this.#platform = platform;
    this.#parts = parts;
  }

  async work(work: PersonWork): Promise<WorkResult> {
    const { performer, board, setAside, held } = this.#parts;
    let decided: Decision = { actions: [], again: false };
    const requestId = randomUUID();
    const done: ActionType[] = [];
    try {
      await performer.performPlan(
        work.userId,
        async (person) => {
          decided = await this.#planNow(person, work);
          return decided.actions;
        },
        {
          actor: ISTHMUS_ITSELF,
          lane: work.isUrgent ? 'password' : 'background',
          requestId,
          ...(work.cause.causedAt === undefined ? {} : { causedAt: work.cause.causedAt }),
        },
        async (action) => {
          done.push(action.action.type);
          await this.#done(work, action, requestId);
        },
      );
      setAside.take(work.userId);
      await board.succeeded(work.userId);
      if (decided.again || (done.length === 0 && (await this.#isOtherwiseNow(work, decided)))) {
        return { outcome: 'again' };
      }
      if (work.mayTake !== undefined) await held.drop([work.mayTake]);
      return { outcome: 'done', done };
    } catch (error) {
      return this.#failed(work, error, { requestId, done });
    }
  }

  /** The round's decision, applied to the person as the person is now. */
  async #planNow(person: Person, work: PersonWork): Promise<Decision> {
    const [planned] = await this.#parts.reader.plan([person], () => work.cause.changedOn);
    if (planned === undefined) return { actions: [], again: false };
    const key = keyOf(planned.plan);
    if (key === undefined) return { actions: planned.plan.actions, again: false };
    if (key !== work.mayTake) {
      const undecided = !this.#parts.held.isKept(key) && !this.#parts.held.isHeld(key);
      return { actions: withoutDestructive(planned.plan).actions, again: undecided };
    }
    if (planned.plan.destructive === 'remove' && (await this.#isStillThere(person)))
      return { actions: [], again: true };
    const isApproved = this.#parts.held.isApproved(key);
    const { actions } = planned.plan;
    return { actions: isApproved ? actions.map((entry) => ({ ...entry, reason: APPROVED })) : actions, again: false };
  }

  /**
   * True when nothing had to be done after all and another plan is due: the mirror was older than what a look at
   * Microsoft 365 showed, for instance that the account lies in the recycle bin.
   */
  async #isOtherwiseNow(work: PersonWork, before: Decision): Promise<boolean> {
    if (before.actions.length === 0) return false;
    const person = await this.#parts.people.find(work.userId);
    const now = person === undefined ? [] : (await this.#planNow(person, work)).actions;
    return now.length > 0 && typesOf(now) !== typesOf(before.actions);
  }

  /** A removal is believed only when the directory, asked for just this account, confirms it. */
  async #isStillThere(person: Person): Promise<boolean> {
    const found = await this.#platform.connections.getDirectory().findUser(person.user.id);
    if (found !== undefined) await this.#parts.people.saveUser(found);
    return found !== undefined;
  }

  async #done(work: PersonWork, { action, reason }: ReasonedAction, requestId: string): Promise<void> {
    await this.#platform.audit.record({
      actor: ISTHMUS_ITSELF,
      action: action.type,
      sentence: `${SENTENCES[action.type] ?? action.type} ${work.name} (${reason})`,
      subjectUserId: work.userId,
      subject: work.name,
      result: 'done',
      requestId,
    });
  }

  async #failed(
    work: PersonWork,
    error: unknown,
    { requestId, done }: { readonly requestId: string; readonly done: readonly ActionType[] },
  ): Promise<WorkResult> {
    const problem = noticeOf(error);
    if (SIDE_DOWN.includes(problem.code)) return { outcome: 'side-down' };
    if (!isDomainError(error)) {
      this.#platform.logger.error({ userId: work.userId, error: String(error) }, 'a pass met an unexpected error');
    }
    const { isNews, attempts } = this.#parts.setAside.put(work, problem, this.#platform.clock.now());
    const mayHeal = isDomainError(error) && error.retryable;
    if (!mayHeal || attempts >= PATIENCE) await this.#parts.board.failed(work, problem);
    const result: WorkResult = { outcome: 'failed', done, problem: problem.message };
    if (!isNews) return result;
    const sentence = `The online account of ${work.name} could not be brought into line`;
    await this.#platform.timeline.record([
      {
        userId: work.userId,
        side: 'online',
        event: 'online.failed',
        sentence,
        actor: ISTHMUS_ITSELF,
        problem,
        requestId,
      },
    ]);
    await this.#platform.audit.record({
      actor: ISTHMUS_ITSELF,
      action: 'sync.person',
      sentence: `${sentence}: ${problem.message}`,
      subjectUserId: work.userId,
      subject: work.name,
      result: 'failed',
      requestId,
    });
    return result;
  }
}
