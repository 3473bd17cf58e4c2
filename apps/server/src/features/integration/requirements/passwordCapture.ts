import { z } from 'zod';
import type { SettingStore } from '../../../storage/SettingStore.ts';

/** How the password agent last reported; written by the feature `passwords`. */
const passwordCaptureSchema = z.object({
  state: z.enum(['ready', 'not-configured', 'broken', 'silent']),
  detail: z.string(),
  lastSeenAt: z.iso.datetime().nullable(),
});
export type PasswordCapture = z.output<typeof passwordCaptureSchema>;

export function findPasswordCapture(settings: SettingStore): Promise<PasswordCapture | undefined> {
  return settings.find('password-capture', passwordCaptureSchema);
}
