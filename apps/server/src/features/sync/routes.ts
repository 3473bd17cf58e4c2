import { operations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import type { PasswordService } from '../passwords/index.ts';
import { readDrift } from './readDrift.ts';
import { readSyncPlan } from './readSyncPlan.ts';
import { readSyncStatus } from './readSyncStatus.ts';
import type { SyncService } from './SyncService.ts';

export function registerSync(
  router: Router,
  platform: Platform,
  parts: { readonly sync: SyncService; readonly passwords: Pick<PasswordService, 'status'> },
): void {
  const { sync, passwords } = parts;
  const status = async () => {
    const { paused } = await sync.reader.settings();
    const { held, isWorking, lastPass } = sync;
    return readSyncStatus(platform, { held, isWorking, lastPass, isPaused: paused }, passwords);
  };
  router.handle(operations.getSyncStatus, status);
  router.handle(operations.getSyncPlan, () => readSyncPlan(platform, sync));
  router.handle(operations.runSync, async ({ body }) => {
    await sync.runNow({ full: body.full });
    return status();
  });
  router.handle(operations.pauseSync, async ({ actor, requestId }) => {
    await sync.setPaused(true, actor, requestId);
    return status();
  });
  router.handle(operations.resumeSync, async ({ actor, requestId }) => {
    await sync.setPaused(false, actor, requestId);
    return status();
  });
  router.handle(operations.getDrift, () => readDrift(platform, sync.reader));
  router.handle(operations.setDriftPolicies, async ({ body, actor, requestId }) => {
    await sync.setDriftPolicies(body.policies, actor, requestId);
    return readDrift(platform, sync.reader);
  });
  router.handle(operations.decideHeldPass, async ({ params, body, actor, requestId }) => {
    await sync.decideHeldPass(params.id, body, actor, requestId);
    return status();
  });
}
