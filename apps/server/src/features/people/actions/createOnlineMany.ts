import { DomainError, type Secret } from '@isthmus/kernel';
import type { NewOnlineAccount, OnlineAccount } from '@isthmus/microsoft365';
import { generateOnlinePassword } from '../generateOnlinePassword.ts';
import type { Performer, WaitingPassword } from '../People.ts';
import { nameOf, type Person } from '../Person.ts';
import { passwordMoment } from '../passwordMoment.ts';
import { passwordVersionOf } from '../passwordVersion.ts';
import { type ActionCall, type ActionOf, type ActionTools, type DoneTo, demandPassword } from './ActionTools.ts';
import { accountsOf } from './onlineActions.ts';

export interface CreateRequest {
  readonly userId: string;
  readonly create: ActionOf<'online.create'>;
  readonly skuIds: readonly string[];
}

export type CreateResult = Awaited<ReturnType<Performer['createOnlineMany']>>[number];

/** Where a password came from decides what we may say about it afterwards. */
interface ChosenPassword {
  readonly password: Secret;
  /** Version of the directory's password; undefined for one that nobody knows. */
  readonly version: string | undefined;
}

/** One request on its way through the steps. */
interface Work {
  readonly request: CreateRequest;
  readonly person: Person | undefined;
  account: OnlineAccount | undefined;
  changed: boolean;
  failure: { readonly error: Error; readonly step: string } | undefined;
}

export type RecordDone = (all: readonly DoneTo[]) => Promise<void>;

/** The captured password, else the one given with the request, else one that nobody knows. */
async function choosePassword(
  work: Work,
  person: Person,
  captured: WaitingPassword | undefined,
  tools: ActionTools,
): Promise<ChosenPassword> {
  if (captured !== undefined) return { password: await captured.open(), version: captured.version };
  const reference = work.request.create.passwordRef;
  if (reference === undefined) return { password: generateOnlinePassword(), version: undefined };
  const changedAt = await passwordMoment(person.user, person.password?.changedAt, tools);
  return { password: await demandPassword(tools, reference), version: passwordVersionOf(changedAt) };
}

function toDomainError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function gone(): DomainError {
  return new DomainError({
    code: 'users.not-found',
    message: 'The user account does not exist any more.',
    remedy: 'Refresh the list.',
  });
}

/** People who are linked already keep their account; the rest gets one. */
function open(work: Work): boolean {
  if (work.failure !== undefined) return false;
  if (work.person === undefined || work.person.removedAt !== undefined) {
    work.failure = { error: gone(), step: 'online.create' };
    return false;
  }
  const { online } = work.person;
  if (online === undefined) return true;
  if (online.deletedAt === undefined) {
    work.account = online;
    return false;
  }
  work.failure = {
    error: new DomainError({
      code: 'online-accounts.in-recycle-bin',
      message: `The online account ${online.upn} of ${nameOf(work.person)} is in the recycle bin.`,
      remedy: 'Restore it instead of creating another one.',
    }),
    step: 'online.create',
  };
  return false;
}

interface Prepared {
  readonly work: Work;
  readonly person: Person;
  readonly chosen: ChosenPassword;
  readonly account: NewOnlineAccount;
}

async function prepare(
  work: Work,
  captured: ReadonlyMap<string, WaitingPassword>,
  tools: ActionTools,
): Promise<Prepared | undefined> {
  if (!open(work) || work.person === undefined) return undefined;
  const { person, request } = work;
  try {
    const chosen = await choosePassword(work, person, captured.get(person.user.id), tools);
    const account = { ...request.create.account, immutableId: person.user.anchor, password: chosen.password };
    return { work, person, chosen, account };
  } catch (error) {
    work.failure = { error: toDomainError(error), step: 'online.create' };
    return undefined;
  }
}

/**
 * What Microsoft 365 answered goes into our tables for all at once. When that fails, each is tried by itself, so that
 * only those fail whose own data is at fault.
 */
async function settleTogether<T extends { readonly work: Work }>(
  step: string,
  all: readonly T[],
  settle: (some: readonly T[]) => Promise<void>,
): Promise<void> {
  if (all.length === 0) return;
  try {
    await settle(all);
  } catch (error) {
    const [only, ...others] = all;
    if (only !== undefined && others.length === 0) only.work.failure = { error: toDomainError(error), step };
    else for (const one of all) await settleTogether(step, [one], settle);
  }
}

interface Made extends Prepared {
  readonly made: OnlineAccount;
  readonly created: boolean;
}

async function settleCreations(
  all: readonly Made[],
  { tools, context }: ActionCall,
  record: RecordDone,
): Promise<void> {
  const { people, passwords } = tools;
  await people.saveOnline(...all.map(({ made }) => made));
  await people.link(
    all.map(({ person: { user }, made }) => ({ userId: user.id, onlineAccountId: made.id, anchor: user.anchor })),
    context.actor,
  );
  for (const { work, person, made } of all) {
    if (made.signInAllowed || work.request.create.account.signInAllowed) continue;
    await people.markBlocked(person.user.id);
    await people.markRevoked(person.user.id);
  }
  // An account that an interrupted run made may hold any password: what is known is sent again by the outbox.
  const delivered = all.flatMap(({ person, chosen: { version }, created }) =>
    version !== undefined && created ? [{ userId: String(person.user.id), version }] : [],
  );
  const unknown = all.filter(({ chosen }) => chosen.version === undefined);
  await passwords.markDelivered(delivered);
  await passwords.markNeverCaptured(unknown.map(({ person }) => person.user.id));
  await record(
    all.map(({ person, made }) => ({
      userId: person.user.id,
      done: {
        side: 'online',
        event: 'online.created',
        sentence: `Created the online account ${made.upn}`,
        changes: [{ field: 'address', before: null, after: made.upn }],
        onlineAccountId: made.id,
      },
    })),
  );
  for (const { work, made } of all) {
    work.account = made;
    work.changed = true;
  }
}

async function createAccounts(all: readonly Work[], call: ActionCall, record: RecordDone): Promise<void> {
  const captured = await call.tools.passwords.findWaiting(all.map(({ request }) => request.userId));
  const prepared = (await Promise.all(all.map((work) => prepare(work, captured, call.tools)))).filter(
    (entry) => entry !== undefined,
  );
  if (prepared.length === 0) return;
  const results = await accountsOf(call).ensureMany(
    prepared.map((entry) => entry.account),
    call.options,
  );
  const made = prepared.flatMap((entry, index): Made[] => {
    const result = results[index];
    if (result?.ok === true) return [{ ...entry, made: result.value.account, created: result.value.created }];
    entry.work.failure = { error: result?.error ?? new Error('No answer for the account'), step: 'online.create' };
    return [];
  });
  await settleTogether('online.create', made, (some) => settleCreations(some, call, record));
}

interface Licensed {
  readonly work: Work;
  readonly add: readonly string[];
  readonly licensed: OnlineAccount;
}

async function settleLicenses(all: readonly Licensed[], { tools }: ActionCall, record: RecordDone): Promise<void> {
  await tools.people.saveOnline(...all.map(({ licensed }) => licensed));
  await record(
    all.map(({ work, add, licensed }) => ({
      userId: work.request.userId,
      done: {
        side: 'online',
        event: 'online.licenses-assigned',
        sentence: `Assigned licenses to ${licensed.displayName}`,
        changes: add.map((skuId) => ({ field: 'license', before: null, after: skuId })),
        onlineAccountId: licensed.id,
      },
    })),
  );
  for (const { work, licensed } of all) {
    work.account = licensed;
    work.changed = true;
  }
}

async function assignLicenses(all: readonly Work[], call: ActionCall, record: RecordDone): Promise<void> {
  const wanting = all.flatMap((work) => {
    const { account, failure } = work;
    if (account === undefined || failure !== undefined) return [];
    const add = work.request.skuIds.filter((skuId) => !account.skuIds.includes(skuId));
    return add.length === 0 ? [] : [{ work, account, add }];
  });
  if (wanting.length === 0) return;
  const results = await accountsOf(call).changeLicensesMany(
    wanting.map(({ work, account, add }) => ({
      id: account.id,
      add,
      remove: [],
      // Made a moment ago and read back since: there is nothing to look for before the write.
      ...(work.changed ? { known: account } : {}),
    })),
    call.options,
  );
  const licensed = wanting.flatMap(({ work, add }, index): Licensed[] => {
    const result = results[index];
    if (result?.ok === true) return [{ work, add, licensed: result.value }];
    const error = result?.error ?? new Error('No answer for the licenses');
    work.failure = { error, step: 'online.assign-licenses' };
    return [];
  });
  await settleTogether('online.assign-licenses', licensed, (some) => settleLicenses(some, call, record));
  call.tools.licensesChanged();
}

/** Whatever breaks a step as a whole (the cloud out of reach) is the failure of everybody who was still in it. */
async function stepOf(name: string, all: readonly Work[], step: () => Promise<void>, reached: (work: Work) => boolean) {
  try {
    await step();
  } catch (error) {
    for (const work of all) {
      if (work.failure === undefined && !reached(work)) work.failure = { error: toDomainError(error), step: name };
    }
  }
}

/** The caller holds all these people. */
export async function createOnlineMany(
  requests: readonly CreateRequest[],
  call: ActionCall,
  record: RecordDone,
): Promise<readonly CreateResult[]> {
  const people = await call.tools.people.findMany(requests.map((request) => request.userId));
  const byId = new Map(people.map((person) => [String(person.user.id), person]));
  const all = requests.map(
    (request): Work => ({
      request,
      person: byId.get(request.userId),
      account: undefined,
      changed: false,
      failure: undefined,
    }),
  );
  await stepOf(
    'online.create',
    all,
    () => createAccounts(all, call, record),
    (work) => work.account !== undefined,
  );
  await stepOf(
    'online.assign-licenses',
    all,
    () => assignLicenses(all, call, record),
    ({ request, account }) => request.skuIds.every((skuId) => account?.skuIds.includes(skuId)),
  );
  return all.map((work): CreateResult => {
    if (work.failure !== undefined) return { ok: false, ...work.failure };
    return { ok: true, state: work.changed ? 'done' : 'unchanged' };
  });
}
