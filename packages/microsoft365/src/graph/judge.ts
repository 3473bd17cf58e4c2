import type { NetworkFailure } from '../http/HttpChannel.ts';
import type { GraphAnswer } from './GraphRequest.ts';
import { GraphFailure } from './graphErrors.ts';

/** What came back from sending a request once. */
export type Sent =
  | { readonly kind: 'answer'; readonly answer: GraphAnswer }
  | { readonly kind: 'failure'; readonly failure: NetworkFailure };

/**
 * - `done`: the answer is final, good or bad.
 * - `throttled`, `renew`, `again`: not executed, or harmless to repeat; send it again after the pause, with a new
 *   token, after a moment.
 * - `unknown`: it may have been executed; whoever asked must look before repeating.
 */
export type Verdict = 'done' | 'throttled' | 'renew' | 'again' | 'unknown';

const TEMPORARY = new Set([408, 500, 502, 503, 504]);

export function judge(sent: Sent, repeatable: boolean): Verdict {
  if (sent.kind === 'failure') return sent.failure.reached === 'no' || repeatable ? 'again' : 'unknown';
  const { status } = sent.answer;
  if (status < 400) return 'done';
  if (status === 429) return 'throttled';
  if (status === 401) return 'renew';
  if (TEMPORARY.has(status)) return repeatable ? 'again' : 'unknown';
  if (status === 409 && new GraphFailure(sent.answer).code === 'Directory_ConcurrencyViolation') return 'again';
  return 'done';
}
