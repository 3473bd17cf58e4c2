import type { Settings } from '../../../settings.ts';
import type {
  DeviceAccessLevel,
  DeviceAccessRuleRecord,
  MailboxRecord,
  MobileDeviceRecord,
} from '../../../store/exchangeRecords.ts';
import type { Tenant } from '../../../store/Tenant.ts';
import { getPolicy } from './policies.ts';

export interface AccessState {
  readonly state: 'Allowed' | 'Blocked' | 'Quarantined' | 'DeviceDiscovery';
  readonly reason: 'Global' | 'Individual' | 'DeviceRule' | 'Policy';
  /** Name of the rule that decided. */
  readonly rule: string | null;
}

const states = { Allow: 'Allowed', Block: 'Blocked', Quarantine: 'Quarantined' } as const;

/**
 * Whether a phone may synchronize, the first of these that applies: ActiveSync off, policy not met, the mailbox's own
 * lists, rules that block, quarantine and allow, the organization's default. Microsoft documentation: "Allow, block or
 * quarantine devices", the order of evaluation.
 */
export function accessState(
  tenant: Tenant,
  settings: Settings,
  mailbox: MailboxRecord,
  device: MobileDeviceRecord,
): AccessState {
  return ownState(tenant, mailbox, device) ?? discovery(tenant, settings, device) ?? ruledState(tenant, device);
}

function ownState(
  tenant: Tenant,
  { clientAccess }: MailboxRecord,
  device: MobileDeviceRecord,
): AccessState | undefined {
  const decided = (state: AccessState['state'], reason: AccessState['reason']): AccessState => ({
    state,
    reason,
    rule: null,
  });
  if (!clientAccess.activeSyncEnabled) return decided('Blocked', 'Individual');
  const policy = getPolicy(tenant, clientAccess.policyId);
  if (!device.meetsPolicy && policy.values['AllowNonProvisionableDevices'] === false) {
    return decided('Blocked', 'Policy');
  }
  const names = (ids: readonly string[]): boolean =>
    ids.some((id) => id.toLowerCase() === device.deviceId.toLowerCase());
  if (names(clientAccess.blockedDeviceIds)) return decided('Blocked', 'Individual');
  return names(clientAccess.allowedDeviceIds) ? decided('Allowed', 'Individual') : undefined;
}

/** A new phone is looked at for a while before rules are applied to it. */
function discovery(tenant: Tenant, { exchange }: Settings, device: MobileDeviceRecord): AccessState | undefined {
  const isNew = tenant.now().getTime() - device.firstSyncAt < exchange.deviceDiscoverySeconds * 1000;
  return isNew ? { state: 'DeviceDiscovery', reason: 'Global', rule: null } : undefined;
}

function ruledState(tenant: Tenant, device: MobileDeviceRecord): AccessState {
  const matching = tenant.exchange.deviceAccessRules.values().filter((rule) => matches(rule, device));
  for (const level of ['Block', 'Quarantine', 'Allow'] as const) {
    const rule = matching.find(({ accessLevel }) => accessLevel === level);
    if (rule !== undefined) return { state: states[level], reason: 'DeviceRule', rule: ruleName(rule) };
  }
  return { state: states[defaultLevel(tenant)], reason: 'Global', rule: null };
}

function defaultLevel(tenant: Tenant): DeviceAccessLevel {
  return tenant.exchange.activeSyncOrganization.get(tenant.id)?.defaultAccessLevel ?? 'Allow';
}

function matches({ characteristic, queryString }: DeviceAccessRuleRecord, device: MobileDeviceRecord): boolean {
  const values: Readonly<Record<string, string>> = {
    DeviceModel: device.deviceModel,
    DeviceType: device.deviceType,
    DeviceOS: device.deviceOs,
    UserAgent: device.userAgent,
  };
  return values[characteristic]?.toLowerCase() === queryString.toLowerCase();
}

export function ruleName({
  queryString,
  characteristic,
}: Pick<DeviceAccessRuleRecord, 'queryString' | 'characteristic'>): string {
  return `${queryString} (${characteristic})`;
}
