import type { Clock } from '@isthmus/kernel';
import type { Channel } from '../http/HttpChannel.ts';
import type { Timer } from '../http/Timer.ts';
import type { CloudEndpoints } from '../ports.ts';

/** What every sign-in needs. */
export interface SignInParts {
  readonly endpoints: CloudEndpoints;
  readonly channel: Channel;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random?: (() => number) | undefined;
}
