import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../../composition/Platform.ts';
import { errorOf } from '../commands/index.ts';

const LOOK_EVERY_MS = 250;
/** A large tenant takes longer; its mirror goes on by itself. */
const PATIENCE_MS = 60_000;

/** Waits until the mirror of the tenant has read it once, so that the next page has something to show. */
export async function waitForFirstRead(platform: Platform, since: Date, signal: AbortSignal): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    signal.throwIfAborted();
    const feed = await platform.database
      .selectFrom('feed')
      .select(['contacted_at', 'problem'])
      .where('name', '=', 'tenant')
      .executeTakeFirst();
    if (feed?.contacted_at && feed.contacted_at >= since) {
      if (feed.problem === null) return;
      throw errorOf(feed.problem);
    }
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}
