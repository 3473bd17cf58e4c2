import type * as graph from '@microsoft/microsoft-graph-types';
import type { ManagedDeviceRecord } from '../../store/directoryRecords.ts';
import type { PropertyValue } from '../../store/records.ts';
import {
  type FilterOperator,
  makeResourceType,
  type PropertyDefinition,
  type PropertyTraits,
  type PropertyType,
} from '../odata/ResourceType.ts';
import { propertyOf, type WireOf } from '../odata/WireOf.ts';

const texts: readonly FilterOperator[] = ['eq', 'in', 'startsWith'];
const readOnly = <Type extends PropertyType>(
  type: Type,
  filter: readonly FilterOperator[] = [],
  more: PropertyTraits = {},
): PropertyDefinition<Type> => ({ type, isDefault: true, isReadOnly: true, filter, ...more });

/** Microsoft's description of Graph has one property that the types do not have. */
type ManagedDevice = graph.ManagedDevice & { readonly managementState: string };

/** Source: Microsoft documentation, "managedDevice resource type"; what can be filtered by is a guess. */
export const managedDeviceType = makeResourceType<ManagedDevice>('ManagedDevice', 'deviceManagement/managedDevices', {
  id: readOnly('guid', ['eq']),
  userId: readOnly('string', ['eq']),
  deviceName: readOnly('string', texts, { canSort: 'always' }),
  managedDeviceOwnerType: readOnly('string', ['eq'], { isReadOnly: false }),
  enrolledDateTime: readOnly('dateTime', ['ge', 'le', 'gt', 'lt']),
  lastSyncDateTime: readOnly('dateTime', ['ge', 'le', 'gt', 'lt'], { canSort: 'always' }),
  operatingSystem: readOnly('string', texts),
  complianceState: readOnly('string', ['eq']),
  jailBroken: readOnly('string'),
  managementAgent: readOnly('string', ['eq']),
  managementState: readOnly('string', ['eq']),
  osVersion: readOnly('string', texts),
  easActivated: readOnly('boolean'),
  easDeviceId: readOnly('string', ['eq']),
  easActivationDateTime: readOnly('dateTime'),
  azureADRegistered: readOnly('boolean'),
  deviceEnrollmentType: readOnly('string', ['eq']),
  emailAddress: readOnly('string', ['eq']),
  azureADDeviceId: readOnly('string', ['eq']),
  deviceRegistrationState: readOnly('string'),
  deviceCategoryDisplayName: readOnly('string', texts),
  isSupervised: readOnly('boolean'),
  exchangeLastSuccessfulSyncDateTime: readOnly('dateTime'),
  exchangeAccessState: readOnly('string'),
  exchangeAccessStateReason: readOnly('string'),
  isEncrypted: readOnly('boolean'),
  userPrincipalName: readOnly('string', texts),
  model: readOnly('string', texts),
  manufacturer: readOnly('string', texts),
  imei: readOnly('string', ['eq']),
  serialNumber: readOnly('string', ['eq']),
  phoneNumber: readOnly('string'),
  userDisplayName: readOnly('string', texts),
  wiFiMacAddress: readOnly('string'),
  managedDeviceName: readOnly('string', texts, { isReadOnly: false, maxLength: 256 }),
  partnerReportedThreatState: readOnly('string'),
  totalStorageSpaceInBytes: readOnly('integer'),
  freeStorageSpaceInBytes: readOnly('integer'),
  deviceActionResults: readOnly('objects'),
  notes: { type: 'string' },
});

/** What Intune shows for a device that reported nothing else. */
const presets: WireOf<Partial<ManagedDevice>> = {
  managedDeviceOwnerType: 'company',
  complianceState: 'compliant',
  jailBroken: 'False',
  managementAgent: 'mdm',
  managementState: 'managed',
  easActivated: false,
  // What Intune shows for a date that is not known.
  easActivationDateTime: '0001-01-01T00:00:00Z',
  exchangeLastSuccessfulSyncDateTime: '0001-01-01T00:00:00Z',
  azureADRegistered: true,
  deviceEnrollmentType: 'userEnrollment',
  deviceRegistrationState: 'registered',
  isSupervised: false,
  exchangeAccessState: 'none',
  exchangeAccessStateReason: 'none',
  isEncrypted: true,
  partnerReportedThreatState: 'unknown',
  totalStorageSpaceInBytes: 0,
  freeStorageSpaceInBytes: 0,
  deviceActionResults: [],
};

export function readManagedDevice({ id, properties }: ManagedDeviceRecord, name: string): PropertyValue | undefined {
  return name === 'id' ? id : (properties[name] ?? propertyOf(presets, name));
}
