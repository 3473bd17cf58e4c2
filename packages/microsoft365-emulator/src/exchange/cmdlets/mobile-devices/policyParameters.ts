import type { PolicyValue } from '../../../store/exchangeRecords.ts';
import {
  choice,
  flag,
  limit,
  list,
  number,
  type ParameterTable,
  type ParameterType,
  span,
  text,
} from '../../binding/ParameterType.ts';

const MINUTE = 60;
const DAY = 24 * 3600;
const LARGEST = 2_147_483_647;
const namespace = 'Microsoft.Exchange.Data.Directory.SystemConfiguration';
const policyFlag = (byDefault: boolean): Definition => [flag, byDefault];

type Definition = readonly [ParameterType, PolicyValue];

// Microsoft documentation: New-MobileDeviceMailboxPolicy, the ranges and defaults of its parameters.
const definitions: Readonly<Record<string, Definition>> = {
  PasswordEnabled: policyFlag(false),
  MinPasswordLength: [number(1, 16), null],
  MaxPasswordFailedAttempts: [limit(4, 16), 'Unlimited'],
  MaxInactivityTimeLock: [span(MINUTE, 60 * MINUTE), 'Unlimited'],
  AlphanumericPasswordRequired: policyFlag(false),
  MinPasswordComplexCharacters: [number(1, 4), 1],
  AllowSimplePassword: policyFlag(true),
  PasswordExpiration: [span(DAY, 730 * DAY), 'Unlimited'],
  PasswordHistory: [number(0, 50), 0],
  PasswordRecoveryEnabled: policyFlag(false),
  RequireDeviceEncryption: policyFlag(false),
  DeviceEncryptionEnabled: policyFlag(false),
  AllowNonProvisionableDevices: policyFlag(true),
  DevicePolicyRefreshInterval: [span(1, 3650 * DAY), 'Unlimited'],
  MaxAttachmentSize: [limit(0, 2_147_482_624), 'Unlimited'],
  MaxEmailBodyTruncationSize: [limit(0, LARGEST), 'Unlimited'],
  MaxEmailHTMLBodyTruncationSize: [limit(0, LARGEST), 'Unlimited'],
  MaxEmailAgeFilter: [
    choice(`${namespace}.EmailAgeFilterType`, 'All', 'OneDay', 'ThreeDays', 'OneWeek', 'TwoWeeks', 'OneMonth'),
    'All',
  ],
  MaxCalendarAgeFilter: [
    choice(`${namespace}.CalendarAgeFilterType`, 'All', 'TwoWeeks', 'OneMonth', 'ThreeMonths', 'SixMonths'),
    'All',
  ],
  AllowBluetooth: [choice(`${namespace}.BluetoothType`, 'Disable', 'HandsfreeOnly', 'Allow'), 'Allow'],
  AllowApplePushNotifications: policyFlag(true),
  AllowBrowser: policyFlag(true),
  AllowCamera: policyFlag(true),
  AllowConsumerEmail: policyFlag(true),
  AllowDesktopSync: policyFlag(true),
  AllowExternalDeviceManagement: policyFlag(false),
  AllowGooglePushNotifications: policyFlag(true),
  AllowHTMLEmail: policyFlag(true),
  AllowInternetSharing: policyFlag(true),
  AllowIrDA: policyFlag(true),
  AllowMicrosoftPushNotifications: policyFlag(true),
  AllowMobileOTAUpdate: policyFlag(true),
  AllowPOPIMAPEmail: policyFlag(true),
  AllowRemoteDesktop: policyFlag(true),
  AllowSMIMESoftCerts: policyFlag(true),
  AllowStorageCard: policyFlag(true),
  AllowTextMessaging: policyFlag(true),
  AllowUnsignedApplications: policyFlag(true),
  AllowUnsignedInstallationPackages: policyFlag(true),
  AllowWiFi: policyFlag(true),
  AttachmentsEnabled: policyFlag(true),
  IrmEnabled: policyFlag(true),
  UNCAccessEnabled: policyFlag(true),
  WSSAccessEnabled: policyFlag(true),
  RequireEncryptedSMIMEMessages: policyFlag(false),
  RequireManualSyncWhenRoaming: policyFlag(false),
  RequireSignedSMIMEMessages: policyFlag(false),
  RequireStorageCardEncryption: policyFlag(false),
  RequireEncryptionSMIMEAlgorithm: [
    choice(`${namespace}.EncryptionSMIMEAlgorithmType`, 'TripleDES', 'DES', 'RC240bit', 'RC264bit', 'RC2128bit'),
    'TripleDES',
  ],
  RequireSignedSMIMEAlgorithm: [choice(`${namespace}.SignedSMIMEAlgorithmType`, 'SHA1', 'MD5'), 'SHA1'],
  AllowSMIMEEncryptionAlgorithmNegotiation: [
    choice(
      `${namespace}.SMIMEEncryptionAlgorithmNegotiationType`,
      'BlockNegotiation',
      'OnlyStrongAlgorithmNegotiation',
      'AllowAnyAlgorithmNegotiation',
    ),
    'AllowAnyAlgorithmNegotiation',
  ],
  ApprovedApplicationList: [list, []],
  UnapprovedInROMApplicationList: [list, []],
};

export const policyParameters: ParameterTable = {
  ...Object.fromEntries(Object.entries(definitions).map(([name, [type]]) => [name, type])),
  Name: { kind: 'text', maxLength: 64 },
  IsDefault: flag,
};

export const policyIdentity: ParameterTable = { Identity: text };

export const policyDefaults: Readonly<Record<string, PolicyValue>> = Object.fromEntries(
  Object.entries(definitions).map(([name, [, value]]) => [name, value]),
);

/** Values that stand in an answer as text, whether they are numbers or `Unlimited`. */
export function isWrittenAsText(name: string): boolean {
  const type = definitions[name]?.[0];
  return type?.kind === 'limit' || type?.kind === 'span';
}
