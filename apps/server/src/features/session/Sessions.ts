import { permissionsOf } from '@isthmus/contracts';
import { type Clock, isDomainError, type Logger, parseUserId } from '@isthmus/kernel';
import type { Connections } from '../../connections/Connections.ts';
import type { Actor } from '../../http/Actor.ts';
import type { Authenticator } from '../../http/Authenticator.ts';
import { roleOf } from './roleOf.ts';
import type { SessionRow, SessionStore } from './SessionStore.ts';
import { hashOfToken } from './sessionToken.ts';

export interface SessionsOptions {
  readonly store: SessionStore;
  readonly connections: Connections;
  readonly clock: Clock;
  readonly logger: Logger;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How long sessions last at most, and how long they last unused. */
export const lifetimes = {
  browser: { absolute: 12 * 60 * MINUTE, idle: 60 * MINUTE },
  token: { absolute: 90 * DAY, idle: 30 * DAY },
} as const;
const VERIFY_AFTER = 3 * MINUTE;
/** While the directory does not answer, people keep the role they had for so long. */
const UNVERIFIED_GRACE = 60 * MINUTE;
const TOUCH_AFTER = 30_000;

/** Open sessions: who asks, whether they still may, and their end. */
export class Sessions implements Authenticator {
  readonly #options: SessionsOptions;
  readonly #endedListeners = new Set<(sessionId: string) => void>();
  readonly #verifying = new Map<string, Promise<SessionRow | undefined>>();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  async authenticate(token: string, { touch }: { readonly touch: boolean }): Promise<Actor | undefined> {
    const found = await this.#options.store.findByTokenHash(hashOfToken(token));
    if (found === undefined || !this.isOpen(found)) return undefined;
    const row = await this.#verified(found);
    if (row === undefined) return undefined;
    const now = this.#options.clock.now();
    if (touch && now.getTime() - row.last_used_at.getTime() > TOUCH_AFTER) await this.#options.store.touch(row.id, now);
    return actorOf(row);
  }

  onEnded(listener: (sessionId: string) => void): () => void {
    this.#endedListeners.add(listener);
    return () => this.#endedListeners.delete(listener);
  }

  isOpen(row: SessionRow): boolean {
    return expiryOf(row).getTime() > this.#options.clock.now().getTime();
  }

  async end(id: string): Promise<void> {
    await this.#options.store.end(id, this.#options.clock.now());
    for (const listener of this.#endedListeners) listener(id);
  }

  /** Something about these people changed: reads at once whether they still may what they may. */
  async verifyUsers(userIds: readonly string[]): Promise<void> {
    const wanted = new Set(userIds);
    const open = await this.#options.store.listOpen(this.#options.clock.now());
    for (const row of open) if (wanted.has(row.user_id)) await this.#verify(row);
  }

  async #verified(row: SessionRow): Promise<SessionRow | undefined> {
    const age = this.#options.clock.now().getTime() - row.verified_at.getTime();
    return age < VERIFY_AFTER ? row : this.#verify(row);
  }

  /** Several requests of one page come at once; one of them asks the directory, the others wait for its answer. */
  #verify(row: SessionRow): Promise<SessionRow | undefined> {
    const running = this.#verifying.get(row.id);
    if (running !== undefined) return running;
    const verification = this.#askDirectory(row).finally(() => this.#verifying.delete(row.id));
    this.#verifying.set(row.id, verification);
    return verification;
  }

  async #askDirectory(row: SessionRow): Promise<SessionRow | undefined> {
    const { connections, store, clock, logger } = this.#options;
    try {
      const directory = connections.getDirectory();
      const id = parseUserId(row.user_id);
      const user = await directory.findUser(id);
      const isActive = user?.enabled === true && !(user.expiresAt !== undefined && user.expiresAt <= clock.now());
      const groups = isActive ? await directory.listGroupDnsOf(id) : [];
      const role = roleOf(groups, connections.getDirectorySettings());
      if (role === undefined) {
        logger.info(
          { sessionId: row.id, userName: row.user_name },
          'a session ended: its person may no longer sign in',
        );
        await this.end(row.id);
        return undefined;
      }
      const verified_at = clock.now();
      await store.saveVerified(row.id, role, verified_at);
      return { ...row, role, verified_at };
    } catch (error) {
      if (!isDomainError(error)) throw error;
      const age = clock.now().getTime() - row.verified_at.getTime();
      logger.warn({ sessionId: row.id, code: error.code }, 'a session could not be verified against the directory');
      return age < UNVERIFIED_GRACE ? row : undefined;
    }
  }
}

/** When the session ends if it is not used any more. */
export function expiryOf(row: SessionRow): Date {
  return new Date(Math.min(row.expires_at.getTime(), row.last_used_at.getTime() + lifetimes[row.kind].idle));
}

function actorOf(row: SessionRow): Actor {
  return {
    sessionId: row.id,
    userId: row.user_id,
    userName: row.user_name,
    displayName: row.display_name,
    role: row.role,
    permissions: permissionsOf[row.role],
    address: row.address,
  };
}
