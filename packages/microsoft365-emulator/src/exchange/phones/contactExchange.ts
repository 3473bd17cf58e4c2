import { randomUUID } from 'node:crypto';
import type { Settings } from '../../settings.ts';
import { partnershipOf } from '../../store/ExchangeCollections.ts';
import type { MailboxRecord, MobileDeviceRecord, PhoneRecord } from '../../store/exchangeRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { type AccessState, accessState } from '../cmdlets/mobile-devices/accessState.ts';
import { getPolicy } from '../cmdlets/mobile-devices/policies.ts';
import { Recipients } from '../recipients/Recipients.ts';

export interface PhoneContact {
  /** What Exchange let the phone do; `NoMailbox` and `SignInRefused` when it did not get that far. */
  readonly access: AccessState['state'] | 'NoMailbox' | 'SignInRefused';
  readonly reason: AccessState['reason'] | null;
  /** Whether this contact told the phone to wipe itself, or to remove the account. */
  readonly wipe: 'none' | 'device' | 'account';
}

const nothing = { reason: null, wipe: 'none' } as const;

/** A phone asks Exchange for mail: the partnership is made, or gets the wipe that waits for it. In a transaction. */
export function contactExchange(tenant: Tenant, settings: Settings, phone: PhoneRecord): PhoneContact {
  const user = tenant.users.get(phone.userId);
  if (user?.properties['accountEnabled'] === false) return { access: 'SignInRefused', ...nothing };
  const recipient = new Recipients({ tenant, settings, cmdlet: 'phone' }).withId(phone.userId);
  if (recipient?.kind !== 'mailbox') return { access: 'NoMailbox', ...nothing };
  const device = partnerOf(tenant, phone);
  const access = accessState(tenant, settings, recipient.mailbox, device);
  const shown = { access: access.state, reason: access.reason };
  const wipe = sendWipe(tenant, phone, device);
  if (wipe !== 'none') return { ...shown, wipe };
  tenant.exchange.mobileDevices.put(access.state === 'Allowed' ? synced(tenant, recipient.mailbox, device) : device);
  return { ...shown, wipe };
}

/** The phone's partnership, as it is after the phone has called once more. */
function partnerOf(tenant: Tenant, phone: PhoneRecord): MobileDeviceRecord {
  const now = tenant.now().getTime();
  const { userId, id: _, state: __, ...details } = phone;
  const known = tenant.exchange.mobileDevices.find('partnership', partnershipOf(userId, phone.deviceId));
  const fresh = { id: randomUUID(), firstSyncAt: now, lastSuccessAt: null, wipe: null };
  const policy = { policyApplied: null, policyAppliedAt: null };
  return { ...fresh, ...policy, ...known, ...details, mailboxId: userId, lastAttemptAt: now };
}

function synced(tenant: Tenant, mailbox: MailboxRecord, device: MobileDeviceRecord): MobileDeviceRecord {
  const policy = getPolicy(tenant, mailbox.clientAccess.policyId);
  const now = device.lastAttemptAt;
  const isCurrent = device.policyApplied === policy.name && Number(device.policyAppliedAt) >= policy.changedAt;
  return {
    ...device,
    lastSuccessAt: now,
    policyApplied: device.meetsPolicy ? policy.name : null,
    policyAppliedAt: isCurrent ? device.policyAppliedAt : now,
  };
}

/**
 * Hands over the wipe that was asked for. A phone that was wiped, set up again and not removed from Exchange gets it
 * once more.
 */
function sendWipe(tenant: Tenant, phone: PhoneRecord, device: MobileDeviceRecord): PhoneContact['wipe'] {
  const { wipe } = device;
  if (wipe === null) return 'none';
  const sentAt = device.lastAttemptAt;
  tenant.exchange.mobileDevices.put({ ...device, wipe: { ...wipe, sentAt, acknowledgedAt: null } });
  tenant.exchange.phones.put({ ...phone, state: 'wiping' });
  return wipe.accountOnly ? 'account' : 'device';
}

/** The phone tells that it has done what it was told to. In a transaction. */
export function confirmWipe(tenant: Tenant, phone: PhoneRecord): PhoneRecord['state'] {
  const device = tenant.exchange.mobileDevices.find('partnership', partnershipOf(phone.userId, phone.deviceId));
  const accountOnly = device?.wipe?.accountOnly === true;
  if (device?.wipe) {
    const acknowledgedAt = tenant.now().getTime();
    tenant.exchange.mobileDevices.put({ ...device, wipe: { ...device.wipe, acknowledgedAt } });
  }
  const state = accountOnly ? 'accountRemoved' : 'wiped';
  tenant.exchange.phones.put({ ...phone, state });
  return state;
}
