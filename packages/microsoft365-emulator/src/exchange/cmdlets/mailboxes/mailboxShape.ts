import { enabledPlanIds } from '../../../graph/licenses/mailboxPlans.ts';
import { enterpriseMailboxPlanId } from '../../../seed/skuCatalog.ts';
import type { MailboxRecord } from '../../../store/exchangeRecords.ts';
import type { UserRecord } from '../../../store/records.ts';
import type { Tenant } from '../../../store/Tenant.ts';
import type { CmdletCall } from '../../Cmdlet.ts';
import type { MailboxRecipient } from '../../recipients/Recipient.ts';
import { recipientShape } from '../../shapes/recipientShape.ts';
import { byteSize, guid, localTime, type Shape, texts } from '../../shapes/Shape.ts';

const GIGABYTE = 1024 ** 3;

/** A mailbox the way Get-Mailbox shows it. */
export function mailboxShape({ tenant, parameters }: CmdletCall, recipient: MailboxRecipient): Shape {
  const { user, mailbox } = recipient;
  const withNames = parameters.flag('IncludeGrantSendOnBehalfToWithDisplayNames') === true;
  const named = mailbox.grantSendOnBehalfTo.map((id) => `${id},${displayNameOf(tenant, id)}`);
  return {
    ...recipientShape(tenant, recipient, mailbox),
    UserPrincipalName: String(user.properties['userPrincipalName']),
    ExchangeGuid: guid(mailbox.exchangeGuid),
    IsMailboxEnabled: true,
    IsShared: mailbox.type === 'Shared',
    IsResource: !['Regular', 'Shared'].includes(mailbox.type),
    ResourceType: ['Room', 'Equipment'].includes(mailbox.type) ? mailbox.type : null,
    AccountDisabled: user.properties['accountEnabled'] === false,
    SKUAssigned: user.licenses.length > 0,
    UsageLocation: String(user.properties['usageLocation'] ?? ''),
    WhenMailboxCreated: localTime(mailbox.createdAt),
    ...forwardingShape(mailbox),
    HiddenFromAddressListsEnabled: isHidden(user),
    GrantSendOnBehalfTo: texts(mailbox.grantSendOnBehalfTo),
    ...(withNames ? { GrantSendOnBehalfToWithDisplayNames: texts(named) } : {}),
    ...holdShape(mailbox),
    ...quotaShape(user),
    ...attributeShape(user),
    MessageCopyForSentAsEnabled: false,
    MessageCopyForSendOnBehalfEnabled: false,
    RetentionPolicy: 'Default MRM Policy',
    AuditEnabled: true,
    ArchiveStatus: 'None',
    ArchiveGuid: guid('00000000-0000-0000-0000-000000000000'),
    MailTip: null,
    RequireSenderAuthenticationEnabled: false,
    ModerationEnabled: false,
  };
}

function displayNameOf(tenant: Tenant, id: string): string {
  const object = tenant.users.get(id) ?? tenant.directory.groups.get(id);
  return String(object?.properties['displayName'] ?? id);
}

/** Whether address lists leave a user out; Graph shows the same by `showInAddressList`. */
export function isHidden(user: UserRecord): boolean {
  return user.properties['showInAddressList'] === false;
}

function forwardingShape({ forwardingAddress, forwardingSmtpAddress, ...mailbox }: MailboxRecord): Shape {
  return {
    ForwardingAddress: forwardingAddress,
    ForwardingSmtpAddress: forwardingSmtpAddress,
    DeliverToMailboxAndForward: mailbox.deliverToMailboxAndForward,
  };
}

function holdShape({ litigationHold, disconnectedAt }: MailboxRecord): Shape {
  return {
    LitigationHoldEnabled: litigationHold,
    LitigationHoldDuration: 'Unlimited',
    IsSoftDeletedByRemove: disconnectedAt !== null,
    IsInactiveMailbox: disconnectedAt !== null && litigationHold,
    WhenSoftDeleted: localTime(disconnectedAt),
  };
}

// Microsoft documentation: "Exchange Online limits", mailbox storage limits.
function quotaShape(user: UserRecord): Shape {
  const isEnterprise = enabledPlanIds(user.licenses).includes(enterpriseMailboxPlanId);
  const full = isEnterprise ? 100 : 50;
  const plan = isEnterprise ? 'ExchangeOnlineEnterprise' : 'ExchangeOnline';
  return {
    IssueWarningQuota: byteSize((full - (isEnterprise ? 2 : 1)) * GIGABYTE),
    ProhibitSendQuota: byteSize((full - (isEnterprise ? 1 : 0.5)) * GIGABYTE),
    ProhibitSendReceiveQuota: byteSize(full * GIGABYTE),
    UseDatabaseQuotaDefaults: false,
    RecipientLimits: '500',
    MaxSendSize: '35 MB (36,700,160 bytes)',
    MaxReceiveSize: '36 MB (37,748,736 bytes)',
    RetainDeletedItemsFor: '14.00:00:00',
    MailboxPlan: `${plan}-6c1a9f2e-4b7d-4e0a-9a44-3d1f0c5b7e21`,
  };
}

/** Custom attributes are the extension attributes that Graph shows. */
function attributeShape(user: UserRecord): Shape {
  const stored = user.properties['onPremisesExtensionAttributes'];
  const attributes = typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? stored : {};
  return Object.fromEntries(
    Array.from({ length: 15 }, (_, index) => [
      `CustomAttribute${index + 1}`,
      String(attributes[`extensionAttribute${index + 1}`] ?? ''),
    ]),
  );
}
