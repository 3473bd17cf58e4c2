import type { Platform } from '../../composition/Platform.ts';
import { noticeOf } from '../jobs/index.ts';
import type { SetUpAttempt } from './SetUpAttempt.ts';
import type { SetUpAttempts } from './SetUpAttempts.ts';

/** Stops an attempt and removes what it made; what cannot be removed is named and removed by the next one. */
export async function cancelSetUp(platform: Platform, attempts: SetUpAttempts, attempt: SetUpAttempt): Promise<void> {
  if (attempt.state === 'done' || attempt.isConnected()) return;
  attempt.abort();
  await attempt.settled();
  if (attempt.isConnected()) return;
  try {
    await attempts.clean(attempt);
    attempt.end('cancelled', platform.clock.now());
  } catch (error) {
    const notice = noticeOf(error);
    attempt.end('cancelled', platform.clock.now(), {
      ...notice,
      remedy:
        'Start the set-up again and sign in: it uses or removes what is left. Or remove it in the Entra admin center.',
    });
  }
}
