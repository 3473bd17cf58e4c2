import { randomUUID } from 'node:crypto';
import { appendToLog } from '../../store/appendToLog.ts';
import type { Properties, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { findDirectoryObject } from '../directory-objects/DirectoryObject.ts';
import type { GraphAnswer, GraphCall, GraphOperation } from '../GraphCall.ts';
import { type AuditedActivity, auditedActivities } from './auditedActivities.ts';

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
  const activity = auditedActivities[`${operation.method} ${operation.path}`];
  if (activity === undefined) return undefined;
  const before = findTarget(call.tenant, call.params['id']);
  return (answer) => {
    const entry = { id: `Directory_${randomUUID()}`, properties: entryOf(call, activity, before ?? created(answer)) };
    const { directoryAudits } = call.tenant.directory;
    call.world.transaction(() => appendToLog(directoryAudits, entry, call.settings.auditLogSize));
  };
}

function findTarget(tenant: Tenant, key: string | undefined): Target | undefined {
  if (key === undefined) return undefined;
  const id = tenant.users.find('userPrincipalName', key.toLowerCase())?.id ?? key.toLowerCase();
  const object = findDirectoryObject(tenant, id, 'get');
  const read = (name: string): PropertyValue => object?.read(name) ?? null;
  return { id, displayName: read('displayName'), userPrincipalName: read('userPrincipalName') };
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
    targetResources: [{ ...resource, modifiedProperties: modified(call.body) }],
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

/** Names and new values of what was sent, in JSON as the log has them; secrets are left out. */
function modified(body: unknown): PropertyValue[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body)
    .filter(([name]) => !secret.test(name))
    .map(([displayName, value]) => ({ displayName, oldValue: null, newValue: JSON.stringify(value) ?? null }));
}
