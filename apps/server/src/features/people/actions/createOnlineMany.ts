import { DomainError, type Secret } from '@isthmus/kernel';
import type { BulkResult, NewOnlineAccount, OnlineAccount } from '@isthmus/microsoft365';
import { generateOnlinePassword } from '../generateOnlinePassword.ts';
import type { Performer } from '../People.ts';
import type { Person } from '../Person.ts';
import { passwordVersionOf } from '../passwordVersion.ts';
import { type ActionCall, type ActionOf, type ActionTools, type Done, demandPassword, nameOf } from './ActionTools.ts';
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

export type RecordDone = (userId: string, done: Done, reason: string) => Promise<void>;

/** The captured password, else the one given with the request, else one that nobody knows. */
async function choosePassword(work: Work, person: Person, tools: ActionTools): Promise<ChosenPassword> {
  const waiting = await tools.passwords.openWaiting(person.user.id);
  if (waiting !== undefined) return waiting;
  const reference = work.request.create.passwordRef;
  if (reference === undefined) return { password: generateOnlinePassword(), version: undefined };
  const changedAt = person.user.passwordSetAt ?? tools.clock.now();
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

async function settlePassword(person: Person, chosen: ChosenPassword, created: boolean, tools: ActionTools) {
  // An account that an interrupted run made may hold any password: what is known is sent again by the outbox.
  if (chosen.version !== undefined && created) await tools.passwords.markDelivered(person.user.id, chosen.version);
  else if (chosen.version === undefined) await tools.passwords.markNeverCaptured(person.user.id);
}

interface Prepared {
  readonly work: Work;
  readonly person: Person;
  readonly chosen: ChosenPassword;
  readonly account: NewOnlineAccount;
}

async function prepare(work: Work, tools: ActionTools): Promise<Prepared | undefined> {
  if (!open(work) || work.person === undefined) return undefined;
  const { person, request } = work;
  try {
    const chosen = await choosePassword(work, person, tools);
    const account = { ...request.create.account, immutableId: person.user.anchor, password: chosen.password };
    return { work, person, chosen, account };
  } catch (error) {
    work.failure = { error: toDomainError(error), step: 'online.create' };
    return undefined;
  }
}

async function settleCreation(
  { work, person, chosen }: Prepared,
  result: BulkResult<{ account: OnlineAccount; created: boolean }> | undefined,
  { tools, context }: ActionCall,
  record: RecordDone,
): Promise<void> {
  if (result === undefined || !result.ok) {
    work.failure = { error: result?.error ?? new Error('No answer for the account'), step: 'online.create' };
    return;
  }
  const { account, created } = result.value;
  await tools.people.saveOnline(account);
  await tools.people.link(person.user.id, account.id, person.user.anchor, context.actor);
  if (!account.signInAllowed && !work.request.create.account.signInAllowed) {
    await tools.people.markBlocked(person.user.id);
    await tools.people.markRevoked(person.user.id);
  }
  await settlePassword(person, chosen, created, tools);
  work.account = account;
  work.changed = true;
  const done: Done = {
    side: 'online',
    event: 'online.created',
    sentence: `Created the online account ${account.upn}`,
    changes: [{ field: 'address', before: null, after: account.upn }],
    onlineAccountId: account.id,
  };
  await record(person.user.id, done, 'asked');
}

async function createAccounts(all: readonly Work[], call: ActionCall, record: RecordDone): Promise<void> {
  const prepared = (await Promise.all(all.map((work) => prepare(work, call.tools)))).filter(
    (entry) => entry !== undefined,
  );
  if (prepared.length === 0) return;
  const results = await accountsOf(call).ensureMany(
    prepared.map((entry) => entry.account),
    call.options,
  );
  await Promise.all(prepared.map((entry, index) => settleCreation(entry, results[index], call, record)));
}

async function settleLicenses(
  { work, add }: { readonly work: Work; readonly add: readonly string[] },
  result: BulkResult<OnlineAccount> | undefined,
  call: ActionCall,
  record: RecordDone,
): Promise<void> {
  if (result === undefined || !result.ok) {
    const error = result?.error ?? new Error('No answer for the licenses');
    work.failure = { error, step: 'online.assign-licenses' };
    return;
  }
  await call.tools.people.saveOnline(result.value);
  work.account = result.value;
  work.changed = true;
  const done: Done = {
    side: 'online',
    event: 'online.licenses-assigned',
    sentence: `Assigned licenses to ${result.value.displayName}`,
    changes: add.map((skuId) => ({ field: 'license', before: null, after: skuId })),
    onlineAccountId: result.value.id,
  };
  await record(work.request.userId, done, 'asked');
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
    wanting.map(({ account, add }) => ({ id: account.id, add, remove: [] })),
    call.options,
  );
  await Promise.all(wanting.map((entry, index) => settleLicenses(entry, results[index], call, record)));
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
