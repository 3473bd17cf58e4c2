import { permissionsOf, type Session, sessionOperations } from '@isthmus/contracts';
import { DomainError, Secret } from '@isthmus/kernel';
import type { Actor } from '../../http/Actor.ts';
import type { Router } from '../../http/Router.ts';
import type { SessionRow } from './SessionStore.ts';
import type { Sessions } from './Sessions.ts';
import { expiryOf } from './Sessions.ts';
import { type SignInParts, signIn } from './signIn.ts';

export interface SessionRouteOptions extends SignInParts {
  readonly sessions: Sessions;
  readonly version: string;
  readonly findOrganization: () => Promise<string>;
  readonly isDirectoryConfigured: () => boolean;
}

function presentSession(row: SessionRow, currentId: string | undefined): Session {
  return {
    id: row.id,
    userId: row.user_id,
    userName: row.user_name,
    displayName: row.display_name,
    role: row.role,
    permissions: [...permissionsOf[row.role]],
    kind: row.kind,
    createdAt: row.created_at.toISOString(),
    expiresAt: expiryOf(row).toISOString(),
    lastUsedAt: row.last_used_at.toISOString(),
    address: row.address,
    client: row.client,
    current: row.id === currentId,
  };
}

/** Registers the operations of `contracts/session.ts`. */
export function registerSession(router: Router, options: SessionRouteOptions): void {
  const { store, sessions, audit, clock } = options;

  router.handle(sessionOperations.signIn, async ({ body, address, client, requestId, setSessionCookie }) => {
    const { row, token } = await signIn(options, {
      userName: body.userName,
      password: new Secret(body.password),
      kind: body.kind,
      address,
      client,
      requestId,
    });
    const session = presentSession(row, row.id);
    if (body.kind === 'token') return { session, token: token.reveal() };
    setSessionCookie(token.reveal(), row.expires_at);
    return { session };
  });
  router.handle(sessionOperations.getSession, async ({ findActor }) => {
    const actor = findActor();
    const row = actor === undefined ? undefined : await store.find(actor.sessionId);
    return {
      session: row === undefined ? null : presentSession(row, row.id),
      organization: await options.findOrganization(),
      directoryConnected: options.isDirectoryConfigured(),
      version: options.version,
    };
  });
  router.handle(sessionOperations.signOut, async ({ actor, requestId, setSessionCookie }) => {
    await sessions.end(actor.sessionId);
    setSessionCookie(null);
    await recordEnd(actor, requestId, 'session.sign-out', 'Signed out');
  });
  router.handle(sessionOperations.listSessions, async ({ actor }) => {
    const rows = await store.listOpen(clock.now(), actor.role === 'administrator' ? undefined : actor.userId);
    const items = rows.filter((row) => sessions.isOpen(row)).map((row) => presentSession(row, actor.sessionId));
    return { items, total: items.length };
  });
  router.handle(sessionOperations.endSession, async ({ params, actor, requestId }) => {
    const row = await store.find(params.id);
    const isTheirs = row !== undefined && (row.user_id === actor.userId || actor.role === 'administrator');
    if (!isTheirs || !sessions.isOpen(row)) throw sessionNotFound();
    await sessions.end(row.id);
    await recordEnd(actor, requestId, 'session.end', `Ended a session of ${row.display_name}`);
  });

  function recordEnd(actor: Actor, requestId: string, action: string, sentence: string): Promise<void> {
    return audit.record({
      actor: actor.userName,
      address: actor.address,
      action,
      sentence,
      subjectUserId: actor.userId,
      subject: actor.displayName,
      result: 'done',
      requestId,
    });
  }
}

function sessionNotFound(): DomainError {
  return new DomainError({
    code: 'session.not-found',
    message: 'There is no such open session.',
    remedy: 'Open the list of sessions again.',
  });
}
