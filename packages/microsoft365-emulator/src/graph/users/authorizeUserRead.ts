import type { UserRecord } from '../../store/records.ts';
import { has } from '../Caller.ts';
import { denied } from '../errors.ts';
import type { GraphCall } from '../GraphCall.ts';

const others = [
  'User.ReadBasic.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'DeviceManagementManagedDevices.Read.All',
  'DeviceManagementManagedDevices.ReadWrite.All',
  'Directory.AccessAsUser.All',
];

/** `User.Read` lets people read themselves, and nobody else. */
export function authorizeUserRead(call: GraphCall, target: UserRecord): void {
  if (!call.settings.enforcePermissions) return;
  if (call.caller.kind === 'user' && call.caller.objectId === target.id) return;
  if (!has(call.caller, ...others)) throw denied();
}
