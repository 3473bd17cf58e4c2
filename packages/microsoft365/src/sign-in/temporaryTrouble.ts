import { backOff, retryAfter } from '../throttle/waits.ts';
import type { SignInTrouble } from './SignInNetwork.ts';
import type { SignInParts } from './SignInParts.ts';

const ATTEMPTS = 3;
const LONGEST_WAIT = 30_000;

/** Whether the same request may succeed a moment later. */
export function isTemporary(trouble: SignInTrouble): boolean {
  return trouble.kind === 'network' || trouble.status === 429 || trouble.status >= 500;
}

/** Milliseconds until the next attempt; undefined when another one makes no sense. */
export function waitBeforeRepeating(
  parts: SignInParts,
  trouble: SignInTrouble | undefined,
  attempt: number,
): number | undefined {
  if (trouble === undefined || attempt + 1 >= ATTEMPTS || !isTemporary(trouble)) return undefined;
  const asked = trouble.kind === 'refused' ? retryAfter(trouble.headers, parts.clock.now()) : undefined;
  const wait = asked ?? backOff(attempt, parts.random ?? Math.random);
  return wait > LONGEST_WAIT ? undefined : wait;
}
