import type { AuditEntry } from '@isthmus/contracts';
import type { Kysely, Selectable } from 'kysely';
import type { AuditTable, Database } from '../../storage/schema.ts';

export interface AuditQuery {
  readonly q?: string | undefined;
  /** Name of a result, such as `failed`. */
  readonly filter?: string | undefined;
  readonly subjectUserId?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

const results: readonly string[] = ['done', 'failed', 'refused', 'started'];
const isResult = (text: string | undefined): text is AuditEntry['result'] =>
  text !== undefined && results.includes(text);
const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

function presentAuditEntry(row: Selectable<AuditTable>): AuditEntry {
  return {
    id: row.id,
    sequence: Number(row.sequence),
    at: row.at.toISOString(),
    actor: row.actor,
    address: row.address,
    action: row.action,
    sentence: row.sentence,
    subjectUserId: row.subject_user_id,
    subject: row.subject,
    result: row.result,
    changes: row.changes,
    requestId: row.request_id,
    jobId: row.job_id,
  };
}

/** The log, newest first. */
export async function listAudit(
  database: Kysely<Database>,
  query: AuditQuery,
): Promise<{ items: AuditEntry[]; total: number }> {
  const { q, filter, subjectUserId } = query;
  let found = database.selectFrom('audit');
  if (subjectUserId !== undefined) found = found.where('subject_user_id', '=', subjectUserId);
  if (isResult(filter)) found = found.where('result', '=', filter);
  if (q !== undefined) {
    const text = like(q);
    found = found.where((eb) =>
      eb.or([eb('sentence', 'ilike', text), eb('actor', 'ilike', text), eb('action', 'ilike', text)]),
    );
  }
  const rows = await found.selectAll().orderBy('sequence', 'desc').offset(query.offset).limit(query.limit).execute();
  const { total } = await found.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow();
  return { items: rows.map(presentAuditEntry), total: Number(total) };
}
