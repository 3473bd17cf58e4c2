import { sweepJobPasswords } from '../features/commands/index.ts';
import { sweepFirstPasswords } from '../features/imports/index.ts';
import type { IdempotencyKeys } from '../http/IdempotencyKeys.ts';
import type { Platform } from './Platform.ts';

const EVERY_MS = 60 * 60_000;
/** A password younger than this may belong to a job that is just being started. */
const PASSWORD_AGE_MS = 10 * 60_000;

/** Removes what has served its purpose, now and every hour. */
export function housekeeping(platform: Platform, idempotencyKeys: IdempotencyKeys): { stop: () => Promise<void> } {
  const { clock, database, logger } = platform;
  const tidy = async (): Promise<void> => {
    await sweepJobPasswords(database, new Date(clock.now().getTime() - PASSWORD_AGE_MS));
    await sweepFirstPasswords(database, clock.now());
    await idempotencyKeys.removeOld();
  };
  const tidyQuietly = (): void => {
    tidy().catch((error: unknown) => logger.warn({ error }, 'old entries could not be removed'));
  };
  const timer = setInterval(tidyQuietly, EVERY_MS);
  timer.unref();
  tidyQuietly();
  return {
    stop: async () => clearInterval(timer),
  };
}
