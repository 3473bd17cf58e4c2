import type { CmdletCall } from '../../Cmdlet.ts';
import type { OutsideRecipient, Recipient } from '../../recipients/Recipient.ts';
import { momentsOf, recipientShape } from '../../shapes/recipientShape.ts';
import type { Shape } from '../../shapes/Shape.ts';

/** A member the way Get-DistributionGroupMember shows it. */
export function memberShape({ tenant }: CmdletCall, member: Recipient): Shape {
  return { ...recipientShape(tenant, member, momentsOf(tenant, member)), HiddenFromAddressListsEnabled: false };
}

/** A member without mail, that Graph or synchronization put there: a user without mailbox or a security group. */
export function plainMember({ tenant }: CmdletCall, id: string): OutsideRecipient | undefined {
  const user = tenant.users.visible(id);
  const object = user ?? tenant.directory.groups.visible(id);
  if (object === undefined) return undefined;
  const displayName = String(object.properties['displayName'] ?? '');
  const type = user === undefined ? 'Group' : 'User';
  return {
    kind: 'outside',
    id,
    name: displayName,
    displayName,
    alias: '',
    primary: '',
    addresses: [],
    recipientType: type,
    recipientTypeDetails: type === 'User' ? 'User' : 'UniversalSecurityGroup',
  };
}
