export { createSyncService } from './createSyncService.ts';
export { findDrift } from './findDrift.ts';
export { PlanReader } from './PlanReader.ts';
export { registerSync } from './routes.ts';
export { sourceOf } from './syncSettings.ts';
