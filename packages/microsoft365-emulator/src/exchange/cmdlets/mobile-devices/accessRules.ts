import { randomUUID } from 'node:crypto';
import type {
  DeviceAccessLevel,
  DeviceAccessRuleRecord,
  DeviceCharacteristic,
} from '../../../store/exchangeRecords.ts';
import type { Tenant } from '../../../store/Tenant.ts';
import { choice, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import { noRows, rowsOf } from '../../Rows.ts';
import { directoryObject } from '../../shapes/directoryObject.ts';
import { configurationName } from '../../shapes/distinguishedName.ts';
import type { Shape } from '../../shapes/Shape.ts';
import { ruleName } from './accessState.ts';

const namespace = 'Microsoft.Exchange.Data.Directory.SystemConfiguration';
const level = choice(`${namespace}.DeviceAccessLevel`, 'Allow', 'Block', 'Quarantine');
const characteristic = choice(
  `${namespace}.DeviceAccessCharacteristic`,
  'DeviceModel',
  'DeviceType',
  'DeviceOS',
  'UserAgent',
  'XMSWLHeader',
);

export const getActiveSyncDeviceAccessRule: Cmdlet = {
  name: 'Get-ActiveSyncDeviceAccessRule',
  area: 'organization',
  parameters: { Identity: text },
  run: (call) => {
    const identity = call.parameters.text('Identity');
    const rules = identity === undefined ? call.tenant.exchange.deviceAccessRules.values() : [wanted(call)];
    return listing(call, rules, (rule) => ruleShape(call.tenant, rule));
  },
};

export const newActiveSyncDeviceAccessRule: Cmdlet = {
  name: 'New-ActiveSyncDeviceAccessRule',
  area: 'organization',
  parameters: { AccessLevel: level, Characteristic: characteristic, QueryString: text },
  mandatory: ['AccessLevel', 'Characteristic', 'QueryString'],
  run: (call) => {
    const { tenant } = call;
    const rule = newRule(call);
    if (findRule(tenant, ruleName(rule)) !== undefined) {
      throw new ExchangeError('objectExists', { name: distinguishedName(tenant, rule) });
    }
    call.change(() => tenant.exchange.deviceAccessRules.put(rule));
    return rowsOf([rule], (one) => ruleShape(tenant, one));
  },
};

export const setActiveSyncDeviceAccessRule: Cmdlet = {
  name: 'Set-ActiveSyncDeviceAccessRule',
  area: 'organization',
  parameters: { Identity: text, AccessLevel: level },
  mandatory: ['Identity'],
  run: (call) => {
    const rule = wanted(call);
    const accessLevel = (call.parameters.text('AccessLevel') as DeviceAccessLevel | undefined) ?? rule.accessLevel;
    const changedAt = call.tenant.now().getTime();
    call.change(() => call.tenant.exchange.deviceAccessRules.put({ ...rule, accessLevel, changedAt }));
    return noRows;
  },
};

export const removeActiveSyncDeviceAccessRule: Cmdlet = {
  name: 'Remove-ActiveSyncDeviceAccessRule',
  area: 'organization',
  parameters: { Identity: text },
  mandatory: ['Identity'],
  confirms: true,
  run: (call) => {
    const { id } = wanted(call);
    call.change(() => call.tenant.exchange.deviceAccessRules.remove(id));
    return noRows;
  },
};

function newRule({ tenant, parameters }: CmdletCall): DeviceAccessRuleRecord {
  const now = tenant.now().getTime();
  return {
    id: randomUUID(),
    queryString: parameters.text('QueryString') ?? '',
    characteristic: parameters.text('Characteristic') as DeviceCharacteristic,
    accessLevel: parameters.text('AccessLevel') as DeviceAccessLevel,
    createdAt: now,
    changedAt: now,
  };
}

function findRule(tenant: Tenant, identity: string): DeviceAccessRuleRecord | undefined {
  const key = identity.toLowerCase();
  return tenant.exchange.deviceAccessRules
    .values()
    .find((rule) => rule.id === key || ruleName(rule).toLowerCase() === key);
}

function wanted({ tenant, parameters }: CmdletCall): DeviceAccessRuleRecord {
  const identity = parameters.text('Identity') ?? '';
  const rule = findRule(tenant, identity);
  if (rule === undefined) throw new ExchangeError('targetNotFound', { identity });
  return rule;
}

function distinguishedName(tenant: Tenant, rule: DeviceAccessRuleRecord): string {
  return configurationName(tenant, 'Mobile Mailbox Settings', ruleName(rule));
}

function ruleShape(tenant: Tenant, rule: DeviceAccessRuleRecord): Shape {
  const name = ruleName(rule);
  return {
    ...directoryObject(tenant, {
      id: rule.id,
      identity: name,
      name,
      distinguishedName: distinguishedName(tenant, rule),
      objectClass: ['top', 'msExchDeviceAccessRule'],
      createdAt: rule.createdAt,
      changedAt: rule.changedAt,
    }),
    QueryString: rule.queryString,
    Characteristic: rule.characteristic,
    AccessLevel: rule.accessLevel,
    AdminDisplayName: '',
  };
}
