import { z } from 'zod';
import type { SettingStore } from '../../../storage/SettingStore.ts';

/** The last report of the password agent, as the feature `passwords` keeps it. */
const reportSchema = z.object({
  capture: z.enum(['ready', 'not-configured', 'broken']),
  detail: z.string(),
  seenAt: z.coerce.date(),
});

/** What is so where no agent can be. */
export const NOT_ON_WINDOWS =
  'A Windows domain controller does not hand out the passwords that are changed there. Set passwords in this dashboard: they go to both sides.';

export interface PasswordCapture {
  readonly state: 'ready' | 'not-configured' | 'broken' | 'silent';
  readonly detail: string;
  readonly seenAt: Date;
}

/** The agent reports all the time, but a report without news is stored once a minute only. */
const SILENT_AFTER_MS = 150_000;

export async function findPasswordCapture(settings: SettingStore, now: Date): Promise<PasswordCapture | undefined> {
  const report = await settings.find('password-capture', reportSchema);
  if (report === undefined) return undefined;
  if (now.getTime() - report.seenAt.getTime() <= SILENT_AFTER_MS) return { ...report, state: report.capture };
  const { seenAt } = report;
  return { state: 'silent', detail: `The agent has not reported since ${seenAt.toISOString()}.`, seenAt };
}
