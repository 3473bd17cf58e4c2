import type { MobileDeviceRecord, WipeRecord } from '../../../store/exchangeRecords.ts';
import type { CmdletCall } from '../../Cmdlet.ts';
import { directoryObject } from '../../shapes/directoryObject.ts';
import { distinguishedName } from '../../shapes/distinguishedName.ts';
import { int32, type Shape, utcTime } from '../../shapes/Shape.ts';
import { accessState } from './accessState.ts';

/** `type§model§id` after the mailbox's name for them; Outlook is named by how it talks to Exchange. */
export function deviceName({ clientType, deviceType, deviceModel, deviceId }: MobileDeviceRecord): string {
  if (clientType === 'Outlook') return `Hx§Outlook§${deviceId}`;
  if (clientType === 'REST') return `REST§Outlook§${deviceId}`;
  return `${deviceType}§${deviceModel}§${deviceId}`;
}

export function deviceIdentity(device: MobileDeviceRecord): string {
  return `${device.mailboxId}\\ExchangeActiveSyncDevices\\${deviceName(device)}`;
}

export function deviceDistinguishedName({ tenant }: Pick<CmdletCall, 'tenant'>, device: MobileDeviceRecord): string {
  const owner = distinguishedName(tenant, device.mailboxId);
  return `CN=${deviceName(device)},CN=ExchangeActiveSyncDevices,${owner}`;
}

/** A device the way Get-MobileDevice shows it. */
export function deviceShape(call: CmdletCall, device: MobileDeviceRecord): Shape {
  const user = call.tenant.users.get(device.mailboxId);
  return {
    ...directoryObject(call.tenant, {
      id: device.id,
      identity: deviceIdentity(device),
      name: deviceName(device),
      distinguishedName: deviceDistinguishedName(call, device),
      objectClass: ['top', 'msExchActiveSyncDevice'],
      createdAt: device.firstSyncAt,
      changedAt: device.lastAttemptAt,
    }),
    FriendlyName: device.friendlyName,
    DeviceId: device.deviceId,
    DeviceImei: device.imei,
    DeviceMobileOperator: device.mobileOperator,
    DeviceOS: device.deviceOs,
    DeviceOSLanguage: device.osLanguage,
    DeviceTelephoneNumber: device.phoneNumber,
    DeviceType: device.deviceType,
    DeviceUserAgent: device.userAgent,
    DeviceModel: device.deviceModel,
    FirstSyncTime: utcTime(hasTimes(device) ? device.firstSyncAt : null),
    UserDisplayName: String(user?.properties['displayName'] ?? ''),
    ...accessShape(call, device),
    DeviceActiveSyncVersion: device.clientVersion,
    ClientVersion: device.clientVersion,
    ClientType: device.clientType,
    ProvisioningFlags: int32(0),
    IsManaged: false,
    IsCompliant: false,
    IsDisabled: false,
    AdminDisplayName: '',
  };
}

/** Outlook does not tell when it synchronized. */
function hasTimes({ clientType }: MobileDeviceRecord): boolean {
  return clientType === 'EAS';
}

function accessShape({ tenant, settings }: CmdletCall, device: MobileDeviceRecord): Shape {
  const mailbox = tenant.exchange.mailboxes.get(device.mailboxId);
  if (mailbox === undefined) return { DeviceAccessState: 'Unknown', DeviceAccessStateReason: 'Unknown' };
  const { state, reason, rule } = accessState(tenant, settings, mailbox, device);
  return { DeviceAccessState: state, DeviceAccessStateReason: reason, DeviceAccessControlRule: rule };
}

/** A device the way Get-MobileDeviceStatistics shows it. */
export function deviceStatisticsShape(call: CmdletCall, device: MobileDeviceRecord): Shape {
  const access = accessShape(call, device);
  const times = hasTimes(device);
  return {
    Identity: deviceIdentity(device),
    Guid: device.id,
    ClientType: device.clientType,
    ClientVersion: device.clientVersion,
    DeviceID: device.deviceId,
    DeviceType: device.deviceType,
    DeviceModel: device.deviceModel,
    DeviceOS: device.deviceOs,
    DeviceOSLanguage: device.osLanguage,
    DeviceUserAgent: device.userAgent,
    DeviceFriendlyName: device.friendlyName,
    DeviceImei: device.imei,
    DeviceMobileOperator: device.mobileOperator,
    DevicePhoneNumber: device.phoneNumber,
    DeviceEnableOutboundSMS: false,
    ...access,
    Status: statusOf(device, access['DeviceAccessState'] === 'Blocked'),
    StatusNote: '',
    FirstSyncTime: utcTime(times ? device.firstSyncAt : null),
    LastSyncAttemptTime: utcTime(times ? device.lastAttemptAt : null),
    LastSuccessSync: utcTime(times ? device.lastSuccessAt : null),
    LastPingHeartbeat: int32(times ? 900 : null),
    NumberOfFoldersSynced: int32(times && device.lastSuccessAt !== null ? 9 : 0),
    SyncStateUpgradeTime: utcTime(null),
    DevicePolicyApplied: device.policyApplied,
    DevicePolicyApplicationStatus: device.policyApplied === null ? 'NotApplied' : 'AppliedInFull',
    LastPolicyUpdateTime: utcTime(device.policyAppliedAt),
    IsRemoteWipeSupported: device.supportsWipe,
    ...wipeShape(device.wipe),
    MailboxLogReport: null,
    RecoveryPassword: '********',
  };
}

function statusOf({ wipe }: MobileDeviceRecord, isBlocked: boolean): string {
  if (wipe !== null) {
    const done = wipe.acknowledgedAt === null ? 'Pending' : 'Succeeded';
    return wipe.accountOnly ? `AccountOnlyDeviceWipe${done}` : `DeviceWipe${done}`;
  }
  return isBlocked ? 'DeviceBlocked' : 'DeviceOk';
}

function wipeShape(wipe: WipeRecord | null): Shape {
  const whole = wipe?.accountOnly === false ? wipe : null;
  const account = wipe?.accountOnly === true ? wipe : null;
  return {
    DeviceWipeRequestTime: utcTime(whole?.requestedAt ?? null),
    DeviceWipeSentTime: utcTime(whole?.sentAt ?? null),
    DeviceWipeAckTime: utcTime(whole?.acknowledgedAt ?? null),
    LastDeviceWipeRequestor: whole?.requestor ?? null,
    AccountOnlyDeviceWipeRequestTime: utcTime(account?.requestedAt ?? null),
    AccountOnlyDeviceWipeSentTime: utcTime(account?.sentAt ?? null),
    AccountOnlyDeviceWipeAckTime: utcTime(account?.acknowledgedAt ?? null),
    LastAccountOnlyDeviceWipeRequestor: account?.requestor ?? null,
  };
}
