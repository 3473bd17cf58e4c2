import type { Notice } from '@isthmus/contracts';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../storage/schema.ts';

const NOT_CAPTURED: Notice = {
  code: 'passwords.not-captured',
  message: 'The password was changed in the directory, but it has not been captured yet.',
  remedy: 'Look at the state of the password capture; otherwise set the password here once.',
};

/**
 * Compares what we say about passwords with when the directory last set them, so that `in-step` is never said of a
 * password that was changed meanwhile, also by a domain controller whose clock was set back. A second of tolerance: not
 * every reader of `pwdLastSet` keeps all its digits.
 * @returns the people whose state is another now
 */
export async function reviewPasswordStates(
  database: Kysely<Database>,
  userIds: readonly string[] | 'all',
): Promise<readonly string[]> {
  const whom = userIds === 'all' ? sql`true` : sql`p.user_id = any(${[...userIds]}::uuid[])`;
  const result = await sql<{ user_id: string }>`
    with seen as (
      select p.user_id, p.state, case
        when u.removed_at is not null then p.state
        when u.password_set_at is null then 'must-change'
        when p.changed_at is null then 'never-captured'
        when u.password_set_at > p.changed_at + interval '1 second' then 'waiting'
        when u.password_set_at < p.changed_at - interval '1 second' and u.seen_at > p.received_at then 'waiting'
        else 'in-step' end as wanted,
        u.removed_at is not null and p.sealed is not null as destroy
      from password p join directory_user u on u.id = p.user_id
      where ${whom} and (p.state in ('in-step', 'never-captured', 'must-change') and p.sealed is null
        or u.removed_at is not null and p.sealed is not null
        or p.state = 'waiting' and p.sealed is null)
    )
    update password p set state = seen.wanted, sealed = null, next_attempt_at = null,
      reason = case when seen.wanted = 'waiting' then ${JSON.stringify(NOT_CAPTURED)}::jsonb end
    from seen where seen.user_id = p.user_id and (seen.wanted <> seen.state or seen.destroy)
      and (p.sealed is null or seen.destroy)
    returning p.user_id`.execute(database);
  return result.rows.map((row) => row.user_id);
}
