import { sql } from 'kysely';
import type { Platform } from '../../composition/Platform.ts';
import { type KnownAlert, REPEAT_AFTER_MS } from './planMail.ts';

/** Codes of our own alerts, about mail that cannot be sent: they are for the dashboard. */
export const OWN_CODES = 'notifications.';
/** For so long news waits for a mail server that works again. */
const NEWS_KEPT_DAYS = 7;

/** Every alert that a mail may have to tell of. */
export async function readKnownAlerts({ database, clock }: Platform): Promise<KnownAlert[]> {
  const now = clock.now().getTime();
  const newsSince = new Date(now - NEWS_KEPT_DAYS * 24 * 60 * 60_000);
  // Whatever was mailed before keeps nothing quiet any more.
  const repeatsSince = new Date(now - REPEAT_AFTER_MS);
  const rows = await database
    .selectFrom('alert')
    .leftJoin('mailed_alert', 'mailed_alert.alert_id', 'alert.id')
    .selectAll('alert')
    .select('mailed_alert.severity as mailed_as')
    .select(
      sql<Date | null>`(select max(earlier.mailed_at) from mailed_alert earlier join alert other
        on other.id = earlier.alert_id and other.id <> alert.id and other.code = alert.code
        and other.subject_user_id is not distinct from alert.subject_user_id
        where earlier.mailed_at > ${repeatsSince})`.as('like_mailed_at'),
    )
    .where(sql<boolean>`not starts_with(alert.code, ${OWN_CODES})`)
    .where((eb) =>
      eb.or([
        eb('alert.state', '=', 'active'),
        eb.and([
          eb('alert.severity', '=', 'information'),
          eb('alert.state', '=', 'resolved'),
          eb('alert.since', '>', newsSince),
        ]),
      ]),
    )
    .execute();
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    severity: row.severity,
    state: row.state,
    title: row.title,
    detail: row.detail,
    remedy: row.remedy,
    since: row.since,
    resolvedAt: row.resolved_at,
    subjectUserId: row.subject_user_id,
    subject: row.subject,
    mailedAs: row.mailed_as,
    likeMailedAt: row.like_mailed_at,
  }));
}

/** Remembers that these were told of, as what they were then. */
export async function rememberMailed({ database, clock }: Platform, alerts: readonly KnownAlert[]): Promise<void> {
  const mailed_at = clock.now();
  await database
    .insertInto('mailed_alert')
    .values(alerts.map(({ id, severity }) => ({ alert_id: id, severity, mailed_at })))
    .onConflict((conflict) =>
      conflict.column('alert_id').doUpdateSet((eb) => ({ severity: eb.ref('excluded.severity'), mailed_at })),
    )
    .execute();
}
