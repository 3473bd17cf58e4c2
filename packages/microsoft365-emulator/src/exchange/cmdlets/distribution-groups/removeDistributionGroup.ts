import { inheritLicenses } from '../../../graph/licenses/inheritLicenses.ts';
import { flag, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { noRows } from '../../Rows.ts';
import type { GroupRecipient } from '../../recipients/Recipient.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { checkManager, checkMaster } from './checkManager.ts';

export const removeDistributionGroup: Cmdlet = {
  name: 'Remove-DistributionGroup',
  area: 'recipients',
  parameters: { Identity: text, BypassSecurityGroupManagerCheck: flag },
  mandatory: ['Identity'],
  confirms: true,
  run: (call) => {
    const group = new Recipients(call).getDistributionGroup(call.parameters.text('Identity') ?? '');
    checkManager(call, group);
    checkMaster(call, group);
    call.change(() => remove(call, group));
    return noRows;
  },
};

/** A distribution group is gone for good: only Microsoft 365 groups can be restored. */
function remove({ tenant }: CmdletCall, { id, group }: GroupRecipient): void {
  const members = tenant.directory.groupMembers.findAll('groupId', id);
  tenant.directory.takeGroupOut(group);
  tenant.directory.purgeGroup(id);
  tenant.exchange.distributionGroups.remove(id);
  for (const { objectId } of members) inheritLicenses(tenant, objectId);
}
