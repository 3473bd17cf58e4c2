import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import { type GroupRecipient, isLike } from '../../recipients/Recipient.ts';
import { isDistributionGroup, Recipients } from '../../recipients/Recipients.ts';
import { distributionGroupShape } from './distributionGroupShape.ts';
import { getGroupParameters } from './groupParameters.ts';

export const getDistributionGroup: Cmdlet = {
  name: 'Get-DistributionGroup',
  area: 'recipients',
  parameters: getGroupParameters,
  exclusive: [['Identity', 'Anr', 'ManagedBy']],
  run: (call) => listing(call, groupsFor(call), (group) => distributionGroupShape(call, group)),
};

function groupsFor(call: CmdletCall): GroupRecipient[] {
  const { parameters } = call;
  const recipients = new Recipients(call);
  const identity = parameters.text('Identity');
  const groups = identity === undefined ? allGroups(call, recipients) : found(recipients, identity);
  const types = parameters.choices('RecipientTypeDetails');
  return types === undefined ? groups : groups.filter((group) => types.includes(group.recipientTypeDetails));
}

function found(recipients: Recipients, identity: string): GroupRecipient[] {
  const groups = recipients.find(identity, 'group').filter(isDistributionGroup);
  if (groups.length === 0) throw new ExchangeError('targetNotFound', { identity });
  return groups;
}

function allGroups({ tenant, parameters }: CmdletCall, recipients: Recipients): GroupRecipient[] {
  const groups = recipients.groups().filter(isDistributionGroup);
  const anr = parameters.text('Anr');
  if (anr !== undefined) return groups.filter((group) => isLike(group, anr));
  const manager = parameters.text('ManagedBy');
  if (manager === undefined) return groups;
  const { id } = recipients.getReference(manager);
  const owned = new Set(tenant.directory.groupOwners.findAllVisible('objectId', id).map(({ groupId }) => groupId));
  return groups.filter((group) => owned.has(group.id));
}
