import type { Platform, Service } from '../../composition/Platform.ts';
import { SessionStore } from './SessionStore.ts';
import { Sessions } from './Sessions.ts';
import { SignInThrottle } from './SignInThrottle.ts';
import type { SignInParts } from './signIn.ts';

const HOUSEKEEPING_MS = 10 * 60_000;

export interface SessionFeature extends SignInParts, Service {
  readonly sessions: Sessions;
}

/** The parts of the session feature, and its housekeeping. */
export function createSessions(
  platform: Pick<Platform, 'database' | 'connections' | 'audit' | 'clock' | 'logger' | 'events'>,
): SessionFeature {
  const { database, connections, audit, clock, logger, events } = platform;
  const store = new SessionStore(database);
  const throttle = new SignInThrottle(database, clock);
  const sessions = new Sessions({ store, connections, clock, logger });
  const complain = (error: unknown): void => logger.warn({ error }, 'sessions could not be looked after');
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;
  return {
    store,
    throttle,
    sessions,
    connections,
    audit,
    clock,
    start: async () => {
      const tidy = (): Promise<void> => store.removeOld(clock.now()).then(() => throttle.removeOld());
      timer = setInterval(() => void tidy().catch(complain), HOUSEKEEPING_MS);
      timer.unref();
      // Somebody who is deactivated in the directory loses the dashboard the moment the mirror sees it.
      unsubscribe = events.subscribe((event) => {
        if (event.topic === 'users' && event.ids !== null) void sessions.verifyUsers(event.ids).catch(complain);
      });
    },
    stop: async () => {
      clearInterval(timer);
      unsubscribe?.();
    },
  };
}
