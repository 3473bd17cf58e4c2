export { createSyncService } from './createSyncService.ts';
export { GUARD_LIMITS, guardLimitOf } from './deleteGuard.ts';
export { findDrift } from './findDrift.ts';
export { PlanReader } from './PlanReader.ts';
export { registerSync } from './routes.ts';
export { sourceOf } from './syncSettings.ts';
