import type { DistributionGroupRecord } from '../../../store/exchangeRecords.ts';
import type { CmdletCall } from '../../Cmdlet.ts';
import type { GroupRecipient } from '../../recipients/Recipient.ts';
import { momentsOf, recipientShape } from '../../shapes/recipientShape.ts';
import { type Shape, texts } from '../../shapes/Shape.ts';
import { distributionGroupSettings } from './distributionGroupSettings.ts';
import { recipientListNames } from './groupParameters.ts';

/** A group the way Get-DistributionGroup shows it. */
export function distributionGroupShape({ tenant, parameters }: CmdletCall, group: GroupRecipient): Shape {
  const settings = distributionGroupSettings(tenant, group);
  const owners = tenant.directory.groupOwners.findAll('groupId', group.id).map(({ objectId }) => objectId);
  const isSecurity = group.recipientType === 'MailUniversalSecurityGroup';
  const description = group.group.properties['description'];
  const withNames = parameters.flag('IncludeManagedByWithDisplayNames') === true;
  return {
    ...recipientShape(tenant, group, momentsOf(tenant, group)),
    GroupType: isSecurity ? 'Universal, SecurityEnabled' : 'Universal',
    SamAccountName: `$${group.id.replaceAll('-', '').slice(0, 19)}`,
    ManagedBy: texts(owners),
    ...(withNames ? { ManagedByWithDisplayNames: texts(owners.map((id) => nameOf(tenant, id))) } : {}),
    MemberJoinRestriction: settings.memberJoinRestriction,
    MemberDepartRestriction: settings.memberDepartRestriction,
    RequireSenderAuthenticationEnabled: settings.requireSenderAuthentication,
    HiddenFromAddressListsEnabled: settings.hiddenFromAddressLists,
    Description: texts(typeof description === 'string' && description !== '' ? [description] : []),
    ...Object.fromEntries(recipientListNames.map((name) => [name, texts(settings.recipientLists[name] ?? [])])),
    ...optionShape(settings),
    MigrationToUnifiedGroupInProgress: false,
    ExpansionServer: '',
  };
}

function nameOf(tenant: CmdletCall['tenant'], id: string): string {
  const object = tenant.users.get(id) ?? tenant.directory.groups.get(id);
  return `${id},${String(object?.properties['displayName'] ?? id)}`;
}

const optionDefaults: DistributionGroupRecord['options'] = {
  Notes: '',
  MailTip: '',
  MaxReceiveSize: 'Unlimited',
  MaxSendSize: 'Unlimited',
  ModerationEnabled: false,
  BypassNestedModerationEnabled: false,
  SendModerationNotifications: 'Always',
  HiddenGroupMembershipEnabled: false,
  BccBlocked: false,
  ReportToManagerEnabled: false,
  ReportToOriginatorEnabled: true,
  SendOofMessageToOriginatorEnabled: false,
  ...Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`CustomAttribute${index + 1}`, ''])),
  ...Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`ExtensionCustomAttribute${index + 1}`, []])),
};

/** Parameters whose values are stored and shown, and nothing else. */
export const optionNames: readonly string[] = Object.keys(optionDefaults);

function optionShape({ options }: DistributionGroupRecord): Shape {
  return Object.fromEntries(
    Object.entries({ ...optionDefaults, ...options }).map(([name, value]) => [
      name,
      value !== null && typeof value === 'object' ? texts(value) : value,
    ]),
  );
}
