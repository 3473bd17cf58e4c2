import { inheritLicenses } from '../../../graph/licenses/inheritLicenses.ts';
import { flag, resultSize, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import { noRows, type Rows } from '../../Rows.ts';
import type { GroupRecipient, Recipient } from '../../recipients/Recipient.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { changedRecipientList } from '../../recipients/recipientLists.ts';
import { checkManager, checkMaster } from './checkManager.ts';
import { memberParameters, updateMembersParameters } from './groupParameters.ts';
import { memberShape, plainMember } from './memberShape.ts';

export const getDistributionGroupMember: Cmdlet = {
  name: 'Get-DistributionGroupMember',
  area: 'recipients',
  parameters: { Identity: text, ResultSize: resultSize, IncludeSoftDeletedObjects: flag },
  mandatory: ['Identity'],
  run: (call) => {
    const recipients = new Recipients(call);
    const group = recipients.getDistributionGroup(call.parameters.text('Identity') ?? '');
    const links = call.tenant.directory.groupMembers.findAllVisible('groupId', group.id);
    const members = links.flatMap(({ objectId }) => recipients.withId(objectId) ?? plainMember(call, objectId) ?? []);
    return listing(call, members, (member) => memberShape(call, member));
  },
};

/** There is no cmdlet here that makes dynamic groups, so none is ever found. */
export const getDynamicDistributionGroupMember: Cmdlet = {
  name: 'Get-DynamicDistributionGroupMember',
  area: 'recipients',
  parameters: { Identity: text, ResultSize: resultSize, IncludeSoftDeletedObjects: flag },
  mandatory: ['Identity'],
  run: ({ parameters }) => {
    throw new ExchangeError('targetNotFound', { identity: parameters.text('Identity') ?? '' });
  },
};

export const addDistributionGroupMember: Cmdlet = {
  name: 'Add-DistributionGroupMember',
  area: 'recipients',
  parameters: memberParameters,
  mandatory: ['Identity', 'Member'],
  run: (call) => changeOne(call, add),
};

export const removeDistributionGroupMember: Cmdlet = {
  name: 'Remove-DistributionGroupMember',
  area: 'recipients',
  parameters: memberParameters,
  mandatory: ['Identity', 'Member'],
  confirms: true,
  run: (call) => changeOne(call, remove),
};

export const updateDistributionGroupMember: Cmdlet = {
  name: 'Update-DistributionGroupMember',
  area: 'recipients',
  parameters: updateMembersParameters,
  mandatory: ['Identity'],
  confirms: true,
  run: (call) => {
    const group = groupToChange(call);
    const { directory } = call.tenant;
    const links = directory.groupMembers.findAll('groupId', group.id);
    const known = links.map(({ objectId }) => objectId);
    const wanted = new Set(changedRecipientList(call, 'Members', known) ?? known);
    call.change(() => {
      for (const link of links) if (!wanted.has(link.objectId)) leave(call, group, link.objectId);
      for (const id of wanted) if (!known.includes(id)) join(call, group, id);
    });
    return noRows;
  },
};

type Change = (call: CmdletCall, group: GroupRecipient, member: Recipient) => void;

function changeOne(call: CmdletCall, change: Change): Rows {
  const group = groupToChange(call);
  const member = new Recipients(call).getReference(call.parameters.text('Member') ?? '');
  call.change(() => change(call, group, member));
  return noRows;
}

function groupToChange(call: CmdletCall): GroupRecipient {
  const group = new Recipients(call).getDistributionGroup(call.parameters.text('Identity') ?? '');
  checkManager(call, group);
  checkMaster(call, group);
  return group;
}

function isMember({ tenant }: CmdletCall, group: GroupRecipient, memberId: string): boolean {
  return tenant.directory.groupMembers.get(`${group.id}/${memberId}`) !== undefined;
}

function add(call: CmdletCall, group: GroupRecipient, member: Recipient): void {
  if (isMember(call, group, member.id)) {
    throw new ExchangeError('alreadyMember', { member: member.name, group: group.name });
  }
  join(call, group, member.id);
}

function remove(call: CmdletCall, group: GroupRecipient, member: Recipient): void {
  if (!isMember(call, group, member.id)) {
    throw new ExchangeError('notMember', { member: member.name, group: group.name });
  }
  leave(call, group, member.id);
}

function join({ tenant }: CmdletCall, group: GroupRecipient, memberId: string): void {
  if (memberId === group.id) {
    throw new ExchangeError('refused', { text: `The group "${group.name}" can't be a member of itself.` });
  }
  tenant.directory.addMember(group.id, memberId);
  inheritLicenses(tenant, memberId);
}

function leave({ tenant }: CmdletCall, group: GroupRecipient, memberId: string): void {
  const link = tenant.directory.groupMembers.get(`${group.id}/${memberId}`);
  if (link !== undefined) tenant.directory.removeMember(link);
  inheritLicenses(tenant, memberId);
}
