const SECOND = 1000;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400 * SECOND],
  ['hour', 3600 * SECOND],
  ['minute', 60 * SECOND],
  ['second', SECOND],
];

/** `3 minutes ago`; `never` for nothing. */
export function ago(instant: string | null, now: Date = new Date()): string {
  if (instant === null) return 'never';
  const difference = new Date(instant).getTime() - now.getTime();
  const [unit, size] = UNITS.find(([, length]) => Math.abs(difference) >= length) ?? ['second', SECOND];
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(difference / size), unit);
}

/** `420 ms` or `1.4 s`; empty for nothing. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  return milliseconds < SECOND ? `${Math.round(milliseconds)} ms` : `${(milliseconds / SECOND).toFixed(1)} s`;
}

/** `1 person`, `3 people`. */
export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
