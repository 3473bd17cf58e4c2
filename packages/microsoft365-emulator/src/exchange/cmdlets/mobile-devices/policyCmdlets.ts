import { randomUUID } from 'node:crypto';
import type { MobilePolicyRecord, PolicyValue } from '../../../store/exchangeRecords.ts';
import type { Tenant } from '../../../store/Tenant.ts';
import { applyListChange } from '../../binding/ListChange.ts';
import { flag } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import { noRows, rowsOf } from '../../Rows.ts';
import { directoryObject } from '../../shapes/directoryObject.ts';
import { configurationName } from '../../shapes/distinguishedName.ts';
import { int32, type Shape, type ShapeValue, texts } from '../../shapes/Shape.ts';
import { findPolicy } from './policies.ts';
import { isWrittenAsText, policyDefaults, policyIdentity, policyParameters } from './policyParameters.ts';

export const getMobileDeviceMailboxPolicy: Cmdlet = {
  name: 'Get-MobileDeviceMailboxPolicy',
  area: 'organization',
  parameters: policyIdentity,
  run: (call) => {
    const identity = call.parameters.text('Identity');
    const policies = identity === undefined ? call.tenant.exchange.mobilePolicies.values() : [wanted(call)];
    return listing(call, policies, (policy) => policyShape(call.tenant, policy));
  },
};

export const newMobileDeviceMailboxPolicy: Cmdlet = {
  name: 'New-MobileDeviceMailboxPolicy',
  area: 'organization',
  parameters: policyParameters,
  mandatory: ['Name'],
  run: (call) => {
    const { tenant } = call;
    const now = tenant.now().getTime();
    const name = call.parameters.text('Name') ?? '';
    checkFree(tenant, name);
    const fresh = { id: randomUUID(), name, isDefault: false, createdAt: now, changedAt: now, values: {} };
    const policy = changed(call, fresh);
    call.change(() => save(tenant, policy));
    return rowsOf([policy], (one) => policyShape(tenant, one));
  },
};

export const setMobileDeviceMailboxPolicy: Cmdlet = {
  name: 'Set-MobileDeviceMailboxPolicy',
  area: 'organization',
  parameters: { ...policyIdentity, ...policyParameters },
  mandatory: ['Identity'],
  run: (call) => {
    const known = wanted(call);
    const name = call.parameters.text('Name') ?? known.name;
    if (name.toLowerCase() !== known.name.toLowerCase()) checkFree(call.tenant, name);
    const policy = changed(call, { ...known, name });
    if (known.isDefault && !policy.isDefault) {
      throw new ExchangeError('invalid', {
        text: 'The default policy stays so until another one is made the default.',
      });
    }
    call.change(() => save(call.tenant, policy));
    return noRows;
  },
};

export const removeMobileDeviceMailboxPolicy: Cmdlet = {
  name: 'Remove-MobileDeviceMailboxPolicy',
  area: 'organization',
  parameters: { ...policyIdentity, Force: flag },
  mandatory: ['Identity'],
  confirms: true,
  run: (call) => {
    const policy = wanted(call);
    if (policy.isDefault)
      throw new ExchangeError('invalid', { text: `The default policy "${policy.name}" can't be removed.` });
    call.change(() => call.tenant.exchange.mobilePolicies.remove(policy.id));
    return noRows;
  },
};

function wanted({ tenant, parameters }: CmdletCall): MobilePolicyRecord {
  const identity = parameters.text('Identity') ?? '';
  const policy = findPolicy(tenant, identity);
  if (policy === undefined) throw new ExchangeError('targetNotFound', { identity });
  return policy;
}

function checkFree(tenant: Tenant, name: string): void {
  if (findPolicy(tenant, name) === undefined) return;
  const object = configurationName(tenant, 'Mobile Mailbox Policies', name);
  throw new ExchangeError('objectExists', { name: object });
}

function changed(call: CmdletCall, policy: MobilePolicyRecord): MobilePolicyRecord {
  const { parameters, tenant } = call;
  const values: Record<string, PolicyValue> = { ...policy.values };
  for (const name of Object.keys(policyDefaults)) {
    const list = parameters.list(name);
    const value = parameters.value(name);
    if (list !== undefined) values[name] = applyListChange(textsOf(policy.values[name]), list);
    else if (value !== undefined && (value === null || typeof value !== 'object')) values[name] = value;
  }
  if (values['RequireStorageCardEncryption'] === true) values['DeviceEncryptionEnabled'] = true;
  const isDefault = parameters.flag('IsDefault') ?? policy.isDefault;
  return { ...policy, isDefault, changedAt: tenant.now().getTime(), values };
}

function textsOf(value: PolicyValue | undefined): readonly string[] {
  return typeof value === 'object' && value !== null ? value : [];
}

/** Only one policy is the default: making one so takes it from the other. */
function save(tenant: Tenant, policy: MobilePolicyRecord): void {
  const { mobilePolicies } = tenant.exchange;
  for (const other of policy.isDefault ? mobilePolicies.values() : []) {
    if (other.isDefault && other.id !== policy.id) mobilePolicies.put({ ...other, isDefault: false });
  }
  mobilePolicies.put(policy);
}

function policyShape(tenant: Tenant, policy: MobilePolicyRecord): Shape {
  const values = { ...policyDefaults, ...policy.values };
  return {
    ...directoryObject(tenant, {
      id: policy.id,
      identity: policy.name,
      name: policy.name,
      distinguishedName: configurationName(tenant, 'Mobile Mailbox Policies', policy.name),
      objectClass: ['top', 'msExchRecipientTemplate', 'msExchMobileMailboxSettings'],
      createdAt: policy.createdAt,
      changedAt: policy.changedAt,
    }),
    IsDefault: policy.isDefault,
    AdminDisplayName: '',
    MinAdminVersion: int32(0),
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, written(name, value)])),
  };
}

function written(name: string, value: PolicyValue): ShapeValue {
  if (isWrittenAsText(name)) return String(value);
  if (typeof value === 'object' && value !== null) return texts(value);
  return typeof value === 'number' ? int32(value) : value;
}
