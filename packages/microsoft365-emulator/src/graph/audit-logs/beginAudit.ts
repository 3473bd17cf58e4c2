import { randomUUID } from 'node:crypto';
import { appendToLog } from '../../store/appendToLog.ts';
import type { Properties, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { findDirectoryObject } from '../directory-objects/DirectoryObject.ts';
import type { GraphAnswer, GraphCall, GraphOperation } from '../GraphCall.ts';
import { type AuditedActivity, auditedActivities, deletedActivities } from './auditedActivities.ts';

/** Looked at before the operation, as it may be gone afterwards. */
interface Target {
  readonly id: string | null;
  readonly displayName: PropertyValue;
  readonly userPrincipalName: PropertyValue;
}

const secret = /password|secret|key/i;

/** What an operation does and to whom, before it is carried out; undefined when the log does not tell of it. */
export function beginAudit(call: GraphCall, operation: GraphOperation): ((answer: GraphAnswer) => void) | undefined {
  if (operation.method === 'GET' || call.settings.auditLogSize === 0) return undefined;
  const activity = findActivity(call, operation);
  if (activity === undefined) return undefined;
  const reader = readerOf(call.tenant, call.params['id']);
  const before = reader && targetOf(reader);
  const changes = modified(call.body, reader ?? (() => null));
  return (answer) => {
    const properties = entryOf(call, activity, before ?? created(answer), changes);
    const entry = { id: `Directory_${randomUUID()}`, properties };
    const { directoryAudits } = call.tenant.directory;
    call.world.transaction(() => appendToLog(directoryAudits, entry, call.settings.auditLogSize));
  };
}

const deletedItems = '/directory/deletedItems/';

function findActivity({ tenant, params }: GraphCall, { method, path }: GraphOperation): AuditedActivity | undefined {
  const activity = auditedActivities[`${method} ${path}`];
  if (activity === undefined || !path.startsWith(deletedItems)) return activity;
  const kind = tenant.deletedItems.get((params['id'] ?? '').toLowerCase())?.kind;
  return kind === undefined ? activity : { ...activity, ...deletedActivities[kind](activity.name) };
}

/** Gives the properties of whatever the path names; of a domain its name alone. */
function readerOf(tenant: Tenant, key: string | undefined): ((name: string) => PropertyValue) | undefined {
  if (key === undefined) return undefined;
  const lowered = key.toLowerCase();
  const id = tenant.users.find('userPrincipalName', lowered)?.id ?? lowered;
  const object = findDirectoryObject(tenant, id, 'get');
  const known = new Map([['id', id], ...(tenant.domains.get(id) === undefined ? [] : [['displayName', id] as const])]);
  // What was sent may have any name, also one that no object has.
  return (name) => (object?.type.properties.has(name) ? object.read(name) : known.get(name)) ?? null;
}

function targetOf(read: (name: string) => PropertyValue): Target {
  const id = read('id');
  return {
    id: typeof id === 'string' ? id : null,
    displayName: read('displayName'),
    userPrincipalName: read('userPrincipalName'),
  };
}

function created({ body }: GraphAnswer): Target {
  const shown: Properties = typeof body === 'object' && body !== null ? (body as Properties) : {};
  const text = (name: string): string | null => (typeof shown[name] === 'string' ? String(shown[name]) : null);
  return { id: text('id'), displayName: text('displayName'), userPrincipalName: text('userPrincipalName') };
}

function entryOf(
  call: GraphCall,
  { name, category, operationType, target }: AuditedActivity,
  object: Target,
  modifiedProperties: PropertyValue[],
): Properties {
  const resource = { ...object, type: target, groupType: target === 'Group' ? 'unknownFutureValue' : null };
  return {
    category,
    correlationId: call.headers['client-request-id'] ?? randomUUID(),
    result: 'success',
    resultReason: '',
    activityDisplayName: name,
    activityDateTime: call.tenant.now().toISOString(),
    loggedByService: 'Core Directory',
    operationType,
    initiatedBy: initiator(call),
    targetResources: [{ ...resource, modifiedProperties }],
    additionalDetails: [],
  };
}

function initiator({ caller, tenant }: GraphCall): PropertyValue {
  if (caller.kind === 'user') {
    const properties = tenant.users.get(caller.objectId)?.properties ?? {};
    const { displayName = null, userPrincipalName = null } = properties;
    return { user: { id: caller.objectId, displayName, userPrincipalName, ipAddress: '' }, app: null };
  }
  const displayName = tenant.servicePrincipals.get(caller.objectId)?.properties['displayName'] ?? null;
  return {
    user: null,
    app: { appId: caller.appId, displayName, servicePrincipalId: caller.objectId, servicePrincipalName: null },
  };
}

/** What was sent, with what it was before, in JSON as the log has it; secrets are left out. */
function modified(body: unknown, before: (name: string) => PropertyValue): PropertyValue[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body)
    .filter(([name]) => !secret.test(name) && !name.includes('@odata'))
    .map(([name, value]) => ({
      displayName: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
      oldValue: JSON.stringify([before(name)].filter((old) => old !== null)),
      newValue: JSON.stringify([value]),
    }));
}
