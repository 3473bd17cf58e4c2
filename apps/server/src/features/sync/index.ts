export { createSyncService } from './createSyncService.ts';
export { registerSync } from './routes.ts';
