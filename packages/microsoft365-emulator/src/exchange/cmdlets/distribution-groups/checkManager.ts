import type { CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import type { GroupRecipient } from '../../recipients/Recipient.ts';
import { isSynced } from '../../shapes/recipientShape.ts';

/** Refuses a change to a group by somebody who does not manage it, unless the check is switched off for the call. */
export function checkManager({ tenant, caller, parameters, settings }: CmdletCall, group: GroupRecipient): void {
  if (parameters.flag('BypassSecurityGroupManagerCheck') === true || !settings.enforcePermissions) return;
  const owners = tenant.directory.groupOwners.findAll('groupId', group.id);
  if (!owners.some(({ objectId }) => objectId === caller.objectId)) throw new ExchangeError('notManager');
}

/** Refuses to change what another directory is the master of. */
export function checkMaster(call: CmdletCall, group: GroupRecipient): void {
  if (!isSynced(group)) return;
  throw new ExchangeError('masteredOnPremises', {
    identity: group.name,
    cmdlet: call.cmdlet,
    parameter: call.parameters.names.filter((name) => name !== 'Identity').join(','),
  });
}
