import { operations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import type { PasswordService } from '../passwords/index.ts';
import { changeSyncSettings, readSyncSettings } from './changeSyncSettings.ts';
import { readDrift } from './readDrift.ts';
import { readSyncPerson, readSyncPlan } from './readSyncPlan.ts';
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
    const { held, isWorking, lastPass, setAside } = sync;
    return readSyncStatus(platform, { held, isWorking, lastPass, setAside, isPaused: paused }, passwords);
  };
  router.handle(operations.getSyncStatus, status);
  router.handle(operations.getSyncPlan, () => readSyncPlan(platform, sync));
  router.handle(operations.runSync, async ({ body }) => {
    await sync.runNow({ full: body.full });
    return status();
  });
  router.handle(operations.listSyncPasses, ({ query }) => sync.passes.list(query.limit));
  router.handle(operations.getSyncPerson, ({ params }) => readSyncPerson(sync, params.id));
  router.handle(operations.runSyncPerson, async ({ params }) => {
    // Whoever does not exist is told so before anything is read.
    await readSyncPerson(sync, params.id);
    return readSyncPerson(sync, params.id, await sync.runFor(params.id));
  });
  router.handle(operations.getSyncSettings, () => readSyncSettings(platform, sync));
  router.handle(operations.changeSyncSettings, ({ body, query, actor, requestId }) =>
    changeSyncSettings(platform, sync, { change: body, dryRun: query.dryRun }, { actor, requestId }),
  );
  router.handle(operations.pauseSync, async ({ actor, requestId }) => {
    await sync.setPaused(true, actor, requestId);
    return status();
  });
  router.handle(operations.resumeSync, async ({ actor, requestId }) => {
    await sync.setPaused(false, actor, requestId);
    return status();
  });
  router.handle(operations.getDrift, () => readDrift(platform, sync.reader));
  router.handle(operations.decideHeldPass, async ({ params, body, actor, requestId }) => {
    await sync.decideHeldPass(params.id, body, actor, requestId);
    return status();
  });
}
