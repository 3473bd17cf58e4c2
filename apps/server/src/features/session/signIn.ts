import { randomUUID } from 'node:crypto';
import type { Role } from '@isthmus/contracts';
import type { Directory, DirectoryUser, SignInOutcome } from '@isthmus/directory';
import { type Clock, isDomainError, type Secret } from '@isthmus/kernel';
import type { Connections } from '../../connections/Connections.ts';
import type { Audit } from '../audit/index.ts';
import { roleOf } from './roleOf.ts';
import type { SessionRow, SessionStore } from './SessionStore.ts';
import { lifetimes } from './Sessions.ts';
import type { SignInAttempt, SignInThrottle } from './SignInThrottle.ts';
import { createSessionToken, hashOfToken } from './sessionToken.ts';
import { directoryUnreachable, notAllowed, signInRefusal } from './signInRefusal.ts';

export interface SignInParts {
  readonly store: SessionStore;
  readonly throttle: SignInThrottle;
  readonly connections: Connections;
  readonly audit: Audit;
  readonly clock: Clock;
}

export interface SignInRequest {
  readonly userName: string;
  readonly password: Secret;
  readonly kind: 'browser' | 'token';
  readonly address: string;
  readonly client: string;
  readonly requestId: string;
}

type GoodOutcome = Extract<SignInOutcome, { outcome: 'ok' }>;

/** What we assume of a directory that does not tell; most lock later or never. */
const ASSUMED_LOCKOUT_THRESHOLD = 5;
/** Somebody who types the password into the field of the name must not find it in the audit log. */
const UNKNOWN_NAME = '(unknown name)';

/** Signs a person in by a bind as that person. @throws DomainError with a code of its own for every refusal */
export async function signIn(
  parts: SignInParts,
  request: SignInRequest,
): Promise<{ readonly row: SessionRow; readonly token: Secret }> {
  const { directory, attempt, user } = await prepareAttempt(parts, request).catch(throwUnreachable);
  await parts.throttle.begin(attempt);
  const outcome = await directory.signIn(request.userName, request.password).catch(async (error: unknown) => {
    await parts.throttle.takeBack(attempt);
    return throwUnreachable(error);
  });
  const refused = (sentence: string): Promise<void> => record(parts, request, user, 'refused', sentence);
  if (outcome.outcome !== 'ok') {
    await refused(`Was not signed in: ${outcome.outcome}`);
    throw signInRefusal(outcome.outcome);
  }
  await parts.throttle.forget(attempt.account);
  const role = roleOf(outcome.groupDns, parts.connections.getDirectorySettings());
  if (role === undefined) {
    await refused('Was not signed in: in none of the groups that may use the dashboard');
    throw notAllowed();
  }
  const token = createSessionToken();
  const row = newSession(parts, request, outcome, role, token);
  await parts.store.insert(row);
  await record(parts, request, outcome.user, 'done', `Signed in as ${role}`);
  return { row, token };
}

async function prepareAttempt(
  { connections, store }: SignInParts,
  { userName, address }: SignInRequest,
): Promise<{ directory: Directory; attempt: SignInAttempt; user: DirectoryUser | undefined }> {
  const directory = connections.getDirectory();
  const user = await directory.findUserByName(userName);
  const isKnownAddress = user !== undefined && (await store.isKnownAddress(user.id, address));
  const lockoutThreshold = await directory.info().then(
    (info) => info.passwordPolicy.lockoutThreshold,
    () => ASSUMED_LOCKOUT_THRESHOLD,
  );
  // One person has several names (UPN, DOMAIN\name, plain): all of them count as one.
  const account = user?.id ?? `name:${userName.trim().toLowerCase()}`;
  return { directory, attempt: { account, address, isKnownAddress, lockoutThreshold }, user };
}

function throwUnreachable(error: unknown): never {
  if (isDomainError(error) && error.code.startsWith('directory.')) throw directoryUnreachable(error);
  throw error;
}

function newSession(
  { clock }: SignInParts,
  request: SignInRequest,
  { user }: GoodOutcome,
  role: Role,
  token: Secret,
): SessionRow {
  const now = clock.now();
  return {
    id: randomUUID(),
    token_hash: hashOfToken(token.reveal()),
    user_id: user.id,
    user_name: user.userName,
    display_name: user.displayName,
    role,
    kind: request.kind,
    created_at: now,
    expires_at: new Date(now.getTime() + lifetimes[request.kind].absolute),
    last_used_at: now,
    verified_at: now,
    address: request.address,
    client: request.client,
  };
}

function record(
  { audit }: SignInParts,
  { address, requestId }: SignInRequest,
  user: DirectoryUser | undefined,
  result: 'done' | 'refused',
  sentence: string,
): Promise<void> {
  return audit.record({
    actor: user?.userName ?? UNKNOWN_NAME,
    address,
    action: 'session.sign-in',
    sentence,
    subjectUserId: user?.id ?? null,
    subject: user?.displayName ?? null,
    result,
    requestId,
  });
}
