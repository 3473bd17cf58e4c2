import { randomUUID } from 'node:crypto';
import type { Platform } from '../../composition/Platform.ts';
import type { Action, ReasonedAction } from './Action.ts';
import type { ActionCall, ActionOutcome, ActionTools, DoneTo } from './actions/ActionTools.ts';
import { type CreateRequest, type CreateResult, createOnlineMany } from './actions/createOnlineMany.ts';
import * as directory from './actions/directoryActions.ts';
import * as licenses from './actions/licenseActions.ts';
import { createLink, holdLink, releaseLink, removeLink } from './actions/linkActions.ts';
import { changeMailbox, setAddresses } from './actions/mailboxActions.ts';
import { beginOffboarding, endOffboarding } from './actions/offboardingActions.ts';
import * as online from './actions/onlineActions.ts';
import { takeSnapshot } from './actions/takeSnapshot.ts';
import type { PerformContext, PerformResult, PlanPerformer } from './People.ts';
import type { Person, PersonOrAccount } from './Person.ts';
import type { PersonLocks } from './PersonLocks.ts';

type Handler<Type extends Action['type'], On extends PersonOrAccount = Person> = (
  action: Extract<Action, { readonly type: Type }>,
  person: On,
  call: ActionCall,
) => Promise<ActionOutcome>;

/** What can be done to an online account that no user has. */
type AccountAction = Extract<
  Action['type'],
  | 'online.change'
  | 'online.allow-sign-in'
  | 'online.block-sign-in'
  | 'online.revoke-sessions'
  | 'online.set-addresses'
  | 'online.assign-licenses'
  | 'online.remove-licenses'
  | 'online.restore'
>;

const accountHandlers: { readonly [Type in AccountAction]: Handler<Type, PersonOrAccount> } = {
  'online.change': online.change,
  'online.allow-sign-in': (_, person, call) => online.setSignInAllowed(true, person, call),
  'online.block-sign-in': (_, person, call) => online.setSignInAllowed(false, person, call),
  'online.revoke-sessions': (_, person, call) => online.revokeSessions(person, call),
  'online.set-addresses': setAddresses,
  'online.assign-licenses': ({ skuIds, inPlaceOf = [], disabledPlans = {} }, person, call) =>
    licenses.changeLicenses({ add: skuIds, remove: inPlaceOf, disabledPlans }, person, call),
  'online.remove-licenses': ({ skuIds }, person, call) =>
    licenses.changeLicenses({ add: [], remove: skuIds }, person, call),
  'online.restore': (_, person, call) => online.restore(person, call),
};

/** Those that need the whole batch or nobody yet are handled by the performer itself. */
type PersonAction = Exclude<Action['type'], 'directory.add-user' | 'online.create'>;

const handlers: { readonly [Type in PersonAction]: Handler<Type> } = {
  'directory.change-user': directory.changeUser,
  'directory.enable': (_, person, call) => directory.setEnabled(true, person, call),
  'directory.disable': (_, person, call) => directory.setEnabled(false, person, call),
  'directory.set-password': directory.setPassword,
  'directory.unlock': (_, person, call) => directory.unlock(person, call),
  'directory.remove-user': (_, person, call) => directory.removeUser(person, call),
  'directory.add-to-group': (action, person, call) => directory.changeMembership(true, action.groupDn, person, call),
  'directory.remove-from-group': (action, person, call) =>
    directory.changeMembership(false, action.groupDn, person, call),
  ...accountHandlers,
  'online.set-password': online.setPassword,
  'online.change-mailbox': changeMailbox,
  'online.remove': (_, person, call) => online.remove(person, call),
  'link.create': createLink,
  'link.hold': holdLink,
  'link.release': (_, person, call) => releaseLink(person, call),
  'link.remove': (_, person, call) => removeLink(person, call),
  'license.wait': licenses.wait,
  'license.stop-waiting': licenses.stopWaiting,
  'snapshot.take': (_, person, call) => takeSnapshot(person, call),
  'offboarding.begin': beginOffboarding,
  'offboarding.end': (_, person, call) => endOffboarding(person, call),
};

function handle(
  action: Exclude<Action, { type: 'directory.add-user' | 'online.create' }>,
  person: Person,
  call: ActionCall,
) {
  // The table is keyed by the type, so the entry fits its own action; the compiler cannot follow that.
  const handler = handlers[action.type] as Handler<PersonAction>;
  return handler(action, person, call);
}

function handleOnAccount(action: Action, account: PersonOrAccount, call: ActionCall): Promise<ActionOutcome> {
  if (!(action.type in accountHandlers)) throw new TypeError(`${action.type} needs a person`);
  const handler = accountHandlers[action.type as AccountAction] as Handler<Action['type'], PersonOrAccount>;
  return handler(action, account, call);
}

/** Carries out actions, one at a time for each person. */
export class PeoplePerformer implements PlanPerformer {
  readonly #platform: Platform;
  readonly #tools: ActionTools;
  readonly #locks: PersonLocks;

  constructor(platform: Platform, tools: ActionTools, locks: PersonLocks) {
    this.#platform = platform;
    this.#tools = tools;
    this.#locks = locks;
  }

  async perform(userId: string | undefined, reasoned: ReasonedAction, context: PerformContext): Promise<PerformResult> {
    const call = this.#call(context);
    if (reasoned.action.type === 'directory.add-user') {
      const outcome = await directory.addUser(reasoned.action, call);
      const added = outcome === 'unchanged' ? undefined : outcome.userId;
      if (added === undefined || outcome === 'unchanged') throw new TypeError('A new user account has no id');
      await this.#record([{ userId: added, done: outcome }], reasoned.reason, context);
      return { state: 'done', userId: added };
    }
    if (userId === undefined) throw new TypeError(`${reasoned.action.type} needs a person`);
    return this.#locks.run(userId, () => this.#performHeld(userId, reasoned, call));
  }

  async performOnAccount(
    onlineAccountId: string,
    reasoned: ReasonedAction,
    context: PerformContext,
  ): Promise<PerformResult> {
    return this.#locks.run(onlineAccountId, async () => {
      const account = await this.#tools.people.getAccount(onlineAccountId);
      if (account.user !== undefined) return this.perform(account.user.id, reasoned, context);
      const outcome = await handleOnAccount(reasoned.action, account, this.#call(context));
      if (outcome === 'unchanged') return { state: 'unchanged', userId: undefined };
      await this.#record([{ userId: undefined, done: outcome }], reasoned.reason, context);
      return { state: 'done', userId: undefined };
    });
  }

  async createOnlineMany(
    requests: readonly CreateRequest[],
    context: PerformContext,
  ): Promise<readonly CreateResult[]> {
    const ids = requests.map((request) => request.userId);
    return this.#locks.runMany(ids, () => this.#createHeld(requests, this.#call(context)));
  }

  async performPlan(
    userId: string,
    plan: (person: Person) => Promise<readonly ReasonedAction[]>,
    context: PerformContext,
    onDone: (action: ReasonedAction) => Promise<void>,
  ): Promise<number> {
    return this.#locks.run(userId, async () => {
      const person = await this.#tools.people.find(userId);
      if (person === undefined) return 0;
      let done = 0;
      for (const reasoned of await plan(person)) {
        const { state } = await this.#performHeld(userId, reasoned, this.#call(context));
        if (state !== 'done') continue;
        done += 1;
        await onDone(reasoned);
      }
      return done;
    });
  }

  #call(context: PerformContext): ActionCall {
    return { tools: this.#tools, context, options: { lane: context.lane, requestId: randomUUID() } };
  }

  async #performHeld(userId: string, reasoned: ReasonedAction, call: ActionCall): Promise<PerformResult> {
    const { action } = reasoned;
    if (action.type === 'directory.add-user') throw new TypeError('A new user account is no person yet');
    if (action.type === 'online.create') {
      const [result] = await this.#createHeld([{ userId, create: action, skuIds: [] }], call);
      if (result === undefined) throw new TypeError('No result for the online account');
      if (!result.ok) throw result.error;
      return { state: result.state, userId };
    }
    const outcome = await handle(action, await this.#tools.people.get(userId), call);
    if (outcome === 'unchanged') return { state: 'unchanged', userId };
    await this.#record([{ userId, done: outcome }], reasoned.reason, call.context);
    return { state: 'done', userId };
  }

  #createHeld(requests: readonly CreateRequest[], call: ActionCall): Promise<readonly CreateResult[]> {
    return createOnlineMany(requests, call, (done) => this.#record(done, 'asked', call.context));
  }

  async #record(all: readonly DoneTo[], reason: string, context: PerformContext): Promise<void> {
    const { causedAt } = context;
    await this.#platform.timeline.record(
      all.map(({ userId, done }) => ({
        userId: userId ?? null,
        onlineAccountId: done.onlineAccountId ?? null,
        side: done.side,
        event: done.event,
        sentence: done.sentence,
        actor: context.actor,
        reason,
        durationMs: causedAt === undefined ? null : this.#platform.clock.now().getTime() - causedAt.getTime(),
        changes: done.changes ?? [],
        requestId: context.requestId,
        jobId: context.jobId ?? null,
      })),
    );
    const ids = all.map(({ userId }) => userId).filter((userId) => userId !== undefined);
    this.#platform.events.publish({ topic: 'users', ids });
  }
}
