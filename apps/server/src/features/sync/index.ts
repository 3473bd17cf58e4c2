export { createSyncService } from './createSyncService.ts';
export { registerSync } from './routes.ts';
export type { SyncOptions, SyncService } from './SyncService.ts';
