import type { TimelineEntry } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';

/** What happened to a person on both sides, newest first. */
export async function listUserTimeline(
  platform: Platform,
  userId: string,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ items: TimelineEntry[]; total: number }> {
  const ofPerson = platform.database
    .selectFrom('timeline')
    .where(({ eb, or, selectFrom }) =>
      or([
        eb('user_id', '=', userId),
        eb('user_id', 'is', null).and(
          'online_account_id',
          'in',
          selectFrom('link').select('online_account_id').where('link.user_id', '=', userId),
        ),
      ]),
    );
  const [rows, counted] = await Promise.all([
    ofPerson
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('sequence', 'desc')
      .limit(page.limit)
      .offset(page.offset)
      .execute(),
    ofPerson.select((timeline) => timeline.fn.countAll<string>().as('total')).executeTakeFirstOrThrow(),
  ]);
  const items = rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    side: row.side,
    event: row.event,
    sentence: row.sentence,
    actor: row.actor,
    reason: row.reason,
    durationMs: row.duration_ms,
    changes: row.changes,
    problem: row.problem,
    requestId: row.request_id,
    jobId: row.job_id,
  }));
  return { items, total: Number(counted.total) };
}
