import { groupOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import { addGroup, changeGroup, removeGroup } from './changeGroups.ts';
import { changeMembers } from './changeMembers.ts';
import type { GroupSync } from './GroupSync.ts';
import { approveHeld, linkGroup, listOnlineGroups, unlinkGroup } from './linkGroups.ts';
import { getGroup, listGroups } from './readGroups.ts';

/** Registers the operations of `contracts/groups.ts`. */
export function registerGroups(router: Router, platform: Platform, sync: GroupSync): void {
  const callOf = <Call extends { query: { dryRun: boolean } }>(call: Call) => ({ ...call, dryRun: call.query.dryRun });
  router.handle(groupOperations.listGroups, ({ query, actor }) => listGroups(platform, query, actor));
  router.handle(groupOperations.getGroup, ({ params, actor }) => getGroup(platform, params.id, actor));
  router.handle(groupOperations.addGroup, (call) => addGroup(platform, callOf(call), call.body));
  router.handle(groupOperations.changeGroup, (call) => changeGroup(platform, callOf(call), call.params.id, call.body));
  router.handle(groupOperations.removeGroup, (call) => removeGroup(platform, callOf(call), call.params.id));
  router.handle(groupOperations.changeGroupMembers, async (call) => {
    const answer = await changeMembers(platform, callOf(call), call.params.id, call.body);
    sync.lookAgain();
    return answer;
  });
  router.handle(groupOperations.listOnlineGroups, async () => {
    const items = await listOnlineGroups(platform);
    return { items, total: items.length };
  });
  router.handle(groupOperations.linkGroup, (call) =>
    linkGroup(platform, callOf(call), call.params.id, { ...call.body, sync }),
  );
  router.handle(groupOperations.unlinkGroup, (call) => unlinkGroup(platform, callOf(call), call.params.id));
  router.handle(groupOperations.approveHeldGroup, (call) =>
    approveHeld(platform, { ...call, dryRun: false }, call.params.id, sync),
  );
}
