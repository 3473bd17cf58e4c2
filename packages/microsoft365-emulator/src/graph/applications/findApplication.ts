import type { ApplicationRecord } from '../../store/records.ts';
import { has } from '../Caller.ts';
import { denied, notFound } from '../errors.ts';
import type { GraphCall } from '../GraphCall.ts';

/** The application that a path names by object id or as `appId='…'`. */
export function getVisibleApplication(call: GraphCall): ApplicationRecord {
  const key = call.params['id'] ?? '';
  const { applications } = call.tenant;
  const appId = /^appId=(.+)$/i.exec(key)?.[1];
  const found =
    appId === undefined
      ? applications.visible(key.toLowerCase())
      : applications.findVisible('appId', appId.toLowerCase());
  if (found === undefined) throw notFound(appId ?? key);
  return found;
}

/** The application to be written; whoever may only manage what it owns must own it. */
export function getApplicationToWrite(call: GraphCall): ApplicationRecord {
  const application = call.tenant.applications.get(getVisibleApplication(call).id);
  if (application === undefined) throw notFound(call.params['id'] ?? '');
  checkOwner(call, application);
  return application;
}

/** Whether the application that calls is the one that the path names. */
export function isOwnApplication(call: GraphCall): boolean {
  const { caller } = call;
  return caller.kind === 'application' && getVisibleApplication(call).appId === caller.appId;
}

/** As {@link getApplicationToWrite}; its own keys an application may always roll. */
export function getApplicationToRoll(call: GraphCall): ApplicationRecord {
  const own = isOwnApplication(call) ? call.tenant.applications.get(getVisibleApplication(call).id) : undefined;
  return own ?? getApplicationToWrite(call);
}

/** `Application.ReadWrite.OwnedBy` covers what the calling application owns; that does not make it its own owner. */
export function checkOwner(call: GraphCall, application: ApplicationRecord): void {
  const { caller, settings } = call;
  if (!settings.enforcePermissions || caller.kind === 'user') return;
  if (has(caller, 'Application.ReadWrite.All', 'Directory.ReadWrite.All')) return;
  if (!application.ownerIds.includes(caller.objectId)) throw denied();
}
