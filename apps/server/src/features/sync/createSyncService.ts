import type { Platform } from '../../composition/Platform.ts';
import type { Mirrors } from '../../mirrors/index.ts';
import type { People, PlanPerformer } from '../people/index.ts';
import { SYNC_OPTIONS, type SyncOptions, SyncService } from './SyncService.ts';

export function createSyncService(
  platform: Platform,
  parts: {
    readonly people: People;
    readonly performer: PlanPerformer;
    readonly mirrors: Mirrors;
    readonly options?: Partial<SyncOptions>;
  },
): SyncService {
  return new SyncService(platform, parts, { ...SYNC_OPTIONS, ...parts.options });
}
