import { z } from 'zod';
import type { SettingStore } from '../storage/SettingStore.ts';

/** Name of the setting. */
export const CONTROLLER_SETTING = 'directory-controller';

const schema = z.object({
  hostName: z.string(),
  vendor: z.enum(['samba', 'windows']),
  isPreferred: z.boolean(),
  since: z.coerce.date(),
  reason: z.enum(['chosen', 'failed-over', 'restored']),
  /** The one before it. */
  previous: z.string().nullable(),
  /** People whom this controller does not know and who are kept all the same. */
  missing: z.array(z.string()),
});
export type ControllerInUse = z.infer<typeof schema>;

/** The domain controller that was read last; undefined before the first reading. */
export function findController(settings: SettingStore): Promise<ControllerInUse | undefined> {
  return settings.find(CONTROLLER_SETTING, schema);
}
