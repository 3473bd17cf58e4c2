/**
 * Milliseconds that the `Retry-After` header of an answer asks for: seconds or an HTTP date; undefined when there is none.
 * A date is taken by the clock of who sent it (`Date`, RFC 9110 6.6.1), which may be far from ours; `now` is for want of it.
 */
export function retryAfter(headers: Readonly<Record<string, string | undefined>>, now: Date): number | undefined {
  const header = headers['retry-after'];
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  if (Number.isNaN(date)) return undefined;
  const sentAt = Date.parse(headers['date'] ?? '');
  return Math.max(0, date - (Number.isNaN(sentAt) ? now.getTime() : sentAt));
}

/** Exponential with full jitter in its upper half: attempt 0 waits 0.5 to 1 times `first`. */
export function backOff(attempt: number, random: () => number, first = 500, most = 30_000): number {
  const ceiling = Math.min(most, first * 2 ** Math.min(attempt, 20));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
