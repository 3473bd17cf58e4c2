/** Milliseconds between 1601-01-01 and 1970-01-01, the two epochs. */
const EPOCH_DISTANCE_MS = 11_644_473_600_000n;
/** `accountExpires` of an account that never expires; zero means the same. */
const NEVER = 0x7fff_ffff_ffff_ffffn;

/** Time of a FILETIME (100 ns since 1601); undefined for zero, "never" and unreadable text. */
export function dateFromFileTime(text: string | undefined): Date | undefined {
  if (text === undefined || !/^-?\d+$/.test(text)) return undefined;
  const ticks = BigInt(text);
  if (ticks <= 0n || ticks >= NEVER) return undefined;
  const date = new Date(Number(ticks / 10_000n - EPOCH_DISTANCE_MS));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

export function fileTimeFromDate(date: Date): string {
  return ((BigInt(date.getTime()) + EPOCH_DISTANCE_MS) * 10_000n).toString();
}

/** `accountExpires` for an end date; null = never. */
export function accountExpiresOf(date: Date | null): string {
  return date === null ? '0' : fileTimeFromDate(date);
}

/** GeneralizedTime such as `20260131120000.0Z`. */
export function dateFromGeneralizedTime(text: string | undefined): Date | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})/.exec(text ?? '');
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0));
}

const TICKS_A_MINUTE = 600_000_000n;
const MINUTES_A_DAY = 1440;

/** Negative 100 ns interval; 0 = the longest one, which means "no end". */
export function intervalOfMinutes(minutes: number | undefined): string | undefined {
  if (minutes === undefined) return undefined;
  return minutes === 0 ? `-${NEVER + 1n}` : String(-BigInt(Math.round(minutes)) * TICKS_A_MINUTE);
}

export function intervalOfDays(days: number | undefined): string | undefined {
  return days === undefined ? undefined : intervalOfMinutes(days * MINUTES_A_DAY);
}

/** Minutes of a negative 100 ns interval such as `lockoutDuration`; 0 = no end. */
export function minutesOfInterval(text: string | undefined): number {
  return Math.round(daysOfInterval(text, 1_000_000) * MINUTES_A_DAY);
}

/** Days of a negative 100 ns interval such as `maxPwdAge`; 0 = no limit. */
export function daysOfInterval(text: string | undefined, precision = 1000): number {
  if (text === undefined || !/^-\d+$/.test(text) || text === `-${NEVER + 1n}`) return 0;
  const days = Number(-BigInt(text) / 10_000n) / 86_400_000;
  return Math.round(days * precision) / precision;
}
