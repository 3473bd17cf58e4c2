import { type RawBuilder, sql } from 'kysely';

const DAY_MS = 86_400_000;
/** So long without a sign-in, a license is called unused. */
const UNUSED_DAYS = 90;
/** What a tenant told longer ago says nothing of today: it may have stopped telling. */
const KNOWN_DAYS = 7;

/** Before it, a last sign-in is one of long ago. */
export function unusedSince(now: Date): Date {
  return new Date(now.getTime() - UNUSED_DAYS * DAY_MS);
}

/** Joins `online_sign_in s` to `online_account o`, as far as it can be believed. */
export function knownSignIn(now: Date): RawBuilder<boolean> {
  return sql<boolean>`s.online_account_id = o.id and s.read_at > ${new Date(now.getTime() - KNOWN_DAYS * DAY_MS)}`;
}

/** Known not to have signed in to the tenant for long; a new account has all that time first. */
export function notSignedIn(now: Date): RawBuilder<boolean> {
  return sql<boolean>`(s.read_at is not null and coalesce(s.last_sign_in_at, o.account_created_at) < ${unusedSince(now)})`;
}
