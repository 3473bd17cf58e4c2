export { createSyncService } from './createSyncService.ts';
export { findDrift } from './findDrift.ts';
export { registerSync } from './routes.ts';
