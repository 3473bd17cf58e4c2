import type { Job, JobItem } from '@isthmus/contracts';
import { type JobCounts, type JobItemRow, type JobRow, kindOf } from './JobStore.ts';

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

export function presentJob(row: JobRow, counts: JobCounts): Job {
  const ended = row.ended_at !== null;
  return {
    id: row.id,
    kind: kindOf(row),
    title: row.title,
    state: row.state,
    startedBy: row.started_by,
    createdAt: row.created_at.toISOString(),
    startedAt: instant(row.started_at),
    endedAt: instant(row.ended_at),
    step: row.step,
    counts: {
      total: Object.values(counts).reduce((sum, count) => sum + count, 0),
      done: counts.done,
      unchanged: counts.unchanged,
      failed: counts.failed,
    },
    problem: row.problem,
    may: { cancel: !(ended || row.cancel_requested), retry: ended && counts.failed > 0 },
  };
}

export function presentJobItem(row: JobItemRow): JobItem {
  return {
    id: row.id,
    position: row.position,
    name: row.name,
    subjectUserId: row.user_id,
    address: row.address,
    state: row.state,
    step: row.step,
    problem: row.problem,
    endedAt: instant(row.ended_at),
  };
}
