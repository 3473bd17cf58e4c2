/** Milliseconds that a `Retry-After` header asks for: seconds or an HTTP date; undefined when there is none. */
export function retryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

/** Exponential with full jitter in its upper half: attempt 0 waits 0.5 to 1 times `first`. */
export function backOff(attempt: number, random: () => number, first = 500, most = 30_000): number {
  const ceiling = Math.min(most, first * 2 ** Math.min(attempt, 20));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
