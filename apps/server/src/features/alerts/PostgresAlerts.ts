import { randomUUID } from 'node:crypto';
import type { Alert } from '@isthmus/contracts';
import { type Clock, DomainError } from '@isthmus/kernel';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { LiveEvents } from '../../events/LiveEvents.ts';
import type { AlertTable, Database } from '../../storage/schema.ts';
import type { Alerts, NewAlert } from './Alerts.ts';

function presentAlert(row: Selectable<AlertTable>): Alert {
  return {
    id: row.id,
    code: row.code,
    severity: row.severity,
    state: row.state,
    title: row.title,
    detail: row.detail,
    remedy: row.remedy,
    since: row.since.toISOString(),
    subjectUserId: row.subject_user_id,
    subject: row.subject,
  };
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Alerts in their table; an index of the database holds "one open alert for a code and subject". */
export class PostgresAlerts implements Alerts {
  readonly #database: Kysely<Database>;
  readonly #clock: Clock;
  readonly #events: LiveEvents;

  constructor(parts: { readonly database: Kysely<Database>; readonly clock: Clock; readonly events: LiveEvents }) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#events = parts.events;
  }

  async raise(alert: NewAlert): Promise<void> {
    const { code, severity, title, detail } = alert;
    const remedy = alert.remedy ?? null;
    const subject = alert.subject ?? null;
    const now = this.#clock.now();
    // Nothing is written, and nobody told, when the open alert already says the same.
    const { rows } = await sql`insert into alert
        (id, code, severity, state, title, detail, remedy, since, subject_user_id, subject)
      values (${randomUUID()}, ${code}, ${severity}, 'active', ${title}, ${detail}, ${remedy}, ${now},
        ${alert.subjectUserId ?? null}, ${subject})
      on conflict (code, coalesce(subject_user_id, '00000000-0000-0000-0000-000000000000')) where state <> 'resolved'
      do update set severity = excluded.severity, title = excluded.title, detail = excluded.detail,
        remedy = excluded.remedy, subject = excluded.subject
      where (alert.severity, alert.title, alert.detail, alert.remedy, alert.subject)
        is distinct from (excluded.severity, excluded.title, excluded.detail, excluded.remedy, excluded.subject)
      returning id`.execute(this.#database);
    if (rows.length > 0) this.#tell();
  }

  async resolve(code: string, subjectUserId?: string): Promise<void> {
    const result = await this.#database
      .updateTable('alert')
      .set({ state: 'resolved', resolved_at: this.#clock.now() })
      .where('code', '=', code)
      .where(sql<boolean>`coalesce(subject_user_id, ${NOBODY}::uuid) = ${subjectUserId ?? NOBODY}::uuid`)
      .where('state', '<>', 'resolved')
      .executeTakeFirst();
    if (result.numUpdatedRows > 0n) this.#tell();
  }

  /** Open ones, worst and newest first; ignored ones after the active. */
  async list(limit?: number): Promise<readonly Alert[]> {
    let query = this.#database
      .selectFrom('alert')
      .selectAll()
      .where('state', '<>', 'resolved')
      .orderBy(sql`case state when 'active' then 0 else 1 end`)
      .orderBy(sql`case severity when 'critical' then 0 when 'warning' then 1 else 2 end`)
      .orderBy('since', 'desc')
      .orderBy('id');
    if (limit !== undefined) query = query.limit(limit);
    return (await query.execute()).map(presentAlert);
  }

  async setIgnored(id: string, ignored: boolean): Promise<Alert> {
    const row = await this.#database
      .updateTable('alert')
      .set({ state: ignored ? 'ignored' : 'active' })
      .where('id', '=', id)
      .where('state', '<>', 'resolved')
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) {
      throw new DomainError({
        code: 'alerts.not-found',
        message: 'This alert is not open any more.',
        remedy: 'Nothing to do: its cause is gone.',
      });
    }
    this.#tell();
    return presentAlert(row);
  }

  #tell(): void {
    this.#events.publish({ topic: 'alerts' });
  }
}
