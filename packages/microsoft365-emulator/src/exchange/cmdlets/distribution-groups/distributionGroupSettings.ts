import type { DistributionGroupRecord } from '../../../store/exchangeRecords.ts';
import type { Tenant } from '../../../store/Tenant.ts';
import type { GroupRecipient } from '../../recipients/Recipient.ts';
import { momentsOf } from '../../shapes/recipientShape.ts';

/** What Exchange keeps about a group; its defaults for one that was not made by a cmdlet. */
export function distributionGroupSettings(tenant: Tenant, group: GroupRecipient): DistributionGroupRecord {
  const kept = tenant.exchange.distributionGroups.get(group.id);
  if (kept !== undefined) return kept;
  const isSecurity = group.recipientType === 'MailUniversalSecurityGroup';
  return { ...newDistributionGroupSettings(group.id, group.name, isSecurity), ...momentsOf(tenant, group) };
}

/** Microsoft documentation: New-DistributionGroup, the defaults of its parameters. */
export function newDistributionGroupSettings(
  id: string,
  name: string,
  isSecurity: boolean,
): Omit<DistributionGroupRecord, 'createdAt' | 'changedAt'> {
  return {
    id,
    name,
    isRoomList: false,
    memberJoinRestriction: 'Closed',
    memberDepartRestriction: isSecurity ? 'Closed' : 'Open',
    requireSenderAuthentication: true,
    hiddenFromAddressLists: false,
    recipientLists: {},
    options: {},
  };
}
