import {
  choice,
  choices,
  flag,
  list,
  type ParameterTable,
  resultSize,
  text,
  textUpTo,
} from '../../binding/ParameterType.ts';

/** Most members that one call may name. */
const memberList = { kind: 'list', maximum: 10_000 } as const;
const join = choice(
  'Microsoft.Exchange.Data.Directory.Recipient.MemberUpdateType',
  'Open',
  'Closed',
  'ApprovalRequired',
);
const notifications = choice(
  'Microsoft.Exchange.Data.Directory.Recipient.TransportModerationNotificationFlags',
  'Always',
  'Internal',
  'Never',
);

/** Lists of recipients that Exchange keeps with a group. */
export const recipientListNames = [
  'ModeratedBy',
  'GrantSendOnBehalfTo',
  'AcceptMessagesOnlyFrom',
  'AcceptMessagesOnlyFromDLMembers',
  'AcceptMessagesOnlyFromSendersOrMembers',
  'RejectMessagesFrom',
  'RejectMessagesFromDLMembers',
  'RejectMessagesFromSendersOrMembers',
] as const;

const shared: ParameterTable = {
  Alias: textUpTo(64),
  BccBlocked: flag,
  BypassNestedModerationEnabled: flag,
  Description: list,
  DisplayName: textUpTo(256),
  HiddenGroupMembershipEnabled: flag,
  IgnoreNamingPolicy: flag,
  ManagedBy: list,
  MemberDepartRestriction: join,
  MemberJoinRestriction: join,
  ModeratedBy: list,
  ModerationEnabled: flag,
  PrimarySmtpAddress: text,
  RequireSenderAuthenticationEnabled: flag,
  RoomList: flag,
  SendModerationNotifications: notifications,
};

export const newGroupParameters: ParameterTable = {
  ...shared,
  Name: textUpTo(64),
  CopyOwnerToMember: flag,
  Members: memberList,
  Notes: text,
  OrganizationalUnit: text,
  Type: choice('Microsoft.Exchange.Data.Directory.Recipient.GroupType', 'Distribution', 'Security'),
};

const numbered = (name: string, count: number, type: ParameterTable[string]): ParameterTable =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index + 1}`, type]));

export const setGroupParameters: ParameterTable = {
  ...shared,
  ...Object.fromEntries(recipientListNames.map((name) => [name, list])),
  ...numbered('CustomAttribute', 15, textUpTo(1024)),
  ...numbered('ExtensionCustomAttribute', 5, list),
  Identity: text,
  BypassSecurityGroupManagerCheck: flag,
  EmailAddresses: list,
  HiddenFromAddressListsEnabled: flag,
  MailTip: textUpTo(175),
  MaxReceiveSize: text,
  MaxSendSize: text,
  Name: textUpTo(64),
  ReportToManagerEnabled: flag,
  ReportToOriginatorEnabled: flag,
  SendOofMessageToOriginatorEnabled: flag,
  UpdateMemberCount: flag,
};

export const getGroupParameters: ParameterTable = {
  Identity: text,
  Anr: text,
  ManagedBy: text,
  Filter: text,
  RecipientTypeDetails: choices(
    'Microsoft.Exchange.Data.Directory.Recipient.RecipientTypeDetails',
    'MailUniversalDistributionGroup',
    'MailUniversalSecurityGroup',
    'RoomList',
  ),
  ResultSize: resultSize,
  SortBy: text,
  IncludeManagedByWithDisplayNames: flag,
};

export const memberParameters: ParameterTable = {
  Identity: text,
  Member: text,
  BypassSecurityGroupManagerCheck: flag,
};

export const updateMembersParameters: ParameterTable = {
  Identity: text,
  Members: memberList,
  BypassSecurityGroupManagerCheck: flag,
};
