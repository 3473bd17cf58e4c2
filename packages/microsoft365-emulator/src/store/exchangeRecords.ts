import type { Identified } from './Collection.ts';

export type MailboxType = 'Regular' | 'Shared' | 'Room' | 'Equipment' | 'Workspace' | 'Desk';

/** What a mailbox is reached by and what its phones are allowed to do: `Set-CASMailbox`. */
export interface ClientAccessRecord {
  readonly activeSyncEnabled: boolean;
  readonly allowedDeviceIds: readonly string[];
  readonly blockedDeviceIds: readonly string[];
  /** Id of the mobile device mailbox policy; null for the organization's default one. */
  readonly policyId: string | null;
  /** Until when logs of synchronizing are kept; null when they are not. */
  readonly debugLoggingUntil: number | null;
}

export interface FolderPermissionRecord {
  readonly folder: string;
  /** Id of a recipient, or `Default` or `Anonymous`. */
  readonly user: string;
  readonly accessRights: readonly string[];
}

/**
 * The mailbox of a user, under the user's id. Addresses, names and custom attributes are the user's own, so that
 * Exchange and Graph show the same ones.
 */
export interface MailboxRecord extends Identified {
  readonly exchangeGuid: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** When the license was assigned that made it or brought it back; 0 for a mailbox that needs no waiting. */
  readonly licensedAt: number;
  /** Since when nothing keeps it alive any more: neither a license nor a type that needs none, or no user. */
  readonly disconnectedAt: number | null;
  readonly type: MailboxType;
  /** Id of a recipient. */
  readonly forwardingAddress: string | null;
  readonly forwardingSmtpAddress: string | null;
  readonly deliverToMailboxAndForward: boolean;
  /** Ids of recipients. */
  readonly grantSendOnBehalfTo: readonly string[];
  readonly litigationHold: boolean;
  readonly clientAccess: ClientAccessRecord;
  readonly folderPermissions: readonly FolderPermissionRecord[];
}

export type JoinRestriction = 'Open' | 'Closed' | 'ApprovalRequired';

/** What Exchange keeps about a distribution group or mail-enabled security group, under the group's id. */
export interface DistributionGroupRecord extends Identified {
  readonly name: string;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly isRoomList: boolean;
  readonly memberJoinRestriction: JoinRestriction;
  readonly memberDepartRestriction: JoinRestriction;
  readonly requireSenderAuthentication: boolean;
  readonly hiddenFromAddressLists: boolean;
  /** Lists of recipients by parameter name, as ids: `ModeratedBy`, `GrantSendOnBehalfTo`, `AcceptMessagesOnlyFrom`, … */
  readonly recipientLists: Readonly<Record<string, readonly string[]>>;
  /** Switches and texts that Exchange only stores, by parameter name. */
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | null>>;
}

export type DeviceClientType = 'EAS' | 'Outlook' | 'REST';

export interface WipeRecord {
  readonly accountOnly: boolean;
  readonly requestor: string;
  readonly requestedAt: number;
  readonly sentAt: number | null;
  readonly acknowledgedAt: number | null;
}

/** The partnership of a phone with a mailbox, as Exchange keeps it. */
export interface MobileDeviceRecord extends Identified {
  readonly mailboxId: string;
  readonly clientType: DeviceClientType;
  readonly clientVersion: string;
  readonly deviceId: string;
  readonly deviceType: string;
  readonly deviceModel: string;
  readonly deviceOs: string;
  readonly userAgent: string;
  readonly friendlyName: string;
  readonly imei: string;
  readonly phoneNumber: string;
  readonly mobileOperator: string;
  readonly osLanguage: string;
  readonly supportsWipe: boolean;
  readonly meetsPolicy: boolean;
  readonly firstSyncAt: number;
  readonly lastAttemptAt: number;
  readonly lastSuccessAt: number | null;
  /** The policy it got at its last contact, and when. */
  readonly policyApplied: string | null;
  readonly policyAppliedAt: number | null;
  readonly wipe: WipeRecord | null;
}

/** A phone outside of Exchange: what it is and whether it still has the account. */
export interface PhoneRecord extends Identified {
  readonly userId: string;
  readonly clientType: DeviceClientType;
  readonly clientVersion: string;
  readonly deviceId: string;
  readonly deviceType: string;
  readonly deviceModel: string;
  readonly deviceOs: string;
  readonly userAgent: string;
  readonly friendlyName: string;
  readonly imei: string;
  readonly phoneNumber: string;
  readonly mobileOperator: string;
  readonly osLanguage: string;
  readonly supportsWipe: boolean;
  readonly meetsPolicy: boolean;
  /** `wiping` once it was told to and until it has told that it did. */
  readonly state: 'ready' | 'wiping' | 'wiped' | 'accountRemoved';
}

export type DeviceAccessLevel = 'Allow' | 'Block' | 'Quarantine';
export type DeviceCharacteristic = 'DeviceModel' | 'DeviceType' | 'DeviceOS' | 'UserAgent' | 'XMSWLHeader';

export interface DeviceAccessRuleRecord extends Identified {
  readonly queryString: string;
  readonly characteristic: DeviceCharacteristic;
  readonly accessLevel: DeviceAccessLevel;
  readonly createdAt: number;
  readonly changedAt: number;
}

export type PolicyValue = string | number | boolean | null | readonly string[];

export interface MobilePolicyRecord extends Identified {
  readonly name: string;
  readonly isDefault: boolean;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Values by parameter name; what is not there has its default. */
  readonly values: Readonly<Record<string, PolicyValue>>;
}

/** Settings of the whole organization, under the tenant's id. */
export interface ActiveSyncOrganizationRecord extends Identified {
  readonly defaultAccessLevel: DeviceAccessLevel;
  readonly adminMailRecipients: readonly string[];
  readonly changedAt: number;
  /** Other settings by parameter name. */
  readonly values: Readonly<Record<string, string | boolean>>;
}

/** What Exchange keeps about an accepted domain, under its name. */
export interface AcceptedDomainRecord extends Identified {
  readonly guid: string;
  readonly domainType: 'Authoritative' | 'InternalRelay';
  readonly changedAt: number;
  /** Switches by parameter name. */
  readonly switches: Readonly<Record<string, boolean>>;
}

export interface DkimKeyRecord {
  readonly publicKey: string;
  readonly size: 1024 | 2048;
}

/** DKIM signing of a domain, under its name. */
export interface DkimRecord extends Identified {
  readonly guid: string;
  readonly enabled: boolean;
  readonly createdAt: number;
  readonly lastChecked: number;
  readonly status: 'Valid' | 'CnameMissing';
  readonly headerCanonicalization: 'Relaxed' | 'Simple';
  readonly bodyCanonicalization: 'Relaxed' | 'Simple';
  readonly selectors: readonly [DkimKeyRecord, DkimKeyRecord];
  /** Index of the selector that signs until `rotateOn`. */
  readonly active: 0 | 1;
  readonly rotateOn: number;
}
