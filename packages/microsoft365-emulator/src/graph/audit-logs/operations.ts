import type * as graph from '@microsoft/microsoft-graph-types';
import type { Collection } from '../../store/Collection.ts';
import type { LogEntryRecord } from '../../store/directoryRecords.ts';
import type { PropertyValue } from '../../store/records.ts';
import { roles } from '../authorization/roleCatalog.ts';
import { notFound } from '../errors.ts';
import type { GraphAnswer, GraphCall, GraphOperation } from '../GraphCall.ts';
import { ok } from '../GraphCall.ts';
import { listObjects } from '../odata/listObjects.ts';
import {
  type FilterOperator,
  makeResourceType,
  type PropertyDefinition,
  type PropertyType,
  type ResourceType,
} from '../odata/ResourceType.ts';
import { single } from '../odata/single.ts';
import { demandPremium } from '../users/signInActivity.ts';

const texts: readonly FilterOperator[] = ['eq', 'startsWith', 'in'];
const shown = <Type extends PropertyType>(
  type: Type,
  filter: readonly FilterOperator[] = [],
): PropertyDefinition<Type> => ({
  type,
  isDefault: true,
  filter,
});
const date: PropertyDefinition<'dateTime'> = {
  ...shown('dateTime', ['eq', 'ge', 'le', 'gt', 'lt']),
  canSort: 'always',
};

const auditType = makeResourceType<graph.DirectoryAudit>('DirectoryAudit', 'auditLogs/directoryAudits', {
  id: shown('string', ['eq']),
  category: shown('string', texts),
  correlationId: shown('string', texts),
  result: shown('string', ['eq']),
  resultReason: shown('string'),
  activityDisplayName: shown('string', texts),
  activityDateTime: date,
  loggedByService: shown('string', texts),
  operationType: shown('string', ['eq']),
  initiatedBy: shown('object', texts),
  targetResources: shown('objects', ['any', 'eq', 'startsWith']),
  additionalDetails: shown('objects'),
});

const signInType = makeResourceType<graph.SignIn>('SignIn', 'auditLogs/signIns', {
  id: shown('string', ['eq']),
  createdDateTime: date,
  userDisplayName: shown('string', texts),
  userPrincipalName: shown('string', texts),
  userId: shown('string', ['eq']),
  appId: shown('string', ['eq']),
  appDisplayName: shown('string', texts),
  ipAddress: shown('string', texts),
  clientAppUsed: shown('string', ['eq']),
  correlationId: shown('string', ['eq']),
  conditionalAccessStatus: shown('string', ['eq']),
  isInteractive: shown('boolean', ['eq']),
  riskDetail: shown('string'),
  riskLevelAggregated: shown('string', ['eq']),
  riskLevelDuringSignIn: shown('string', ['eq']),
  riskState: shown('string', ['eq']),
  riskEventTypes: shown('strings'),
  resourceDisplayName: shown('string', ['eq']),
  resourceId: shown('string', ['eq']),
  status: shown('object', ['eq']),
  deviceDetail: shown('object'),
  location: shown('object', texts),
  appliedConditionalAccessPolicies: shown('objects'),
});

const pageSize = { standard: 1000, maximum: 1000 };

function read({ id, properties }: LogEntryRecord, name: string): PropertyValue | undefined {
  return name === 'id' ? id : properties[name];
}

/** Newest first, as both logs are shown. */
function list(call: GraphCall, type: ResourceType, log: Collection<LogEntryRecord>): GraphAnswer {
  return listObjects(call, { type, values: () => log.values().toReversed(), read, pageSize });
}

function get(call: GraphCall, type: ResourceType, log: Collection<LogEntryRecord>): GraphAnswer {
  const id = call.params['id'] ?? '';
  const entry = log.get(id);
  if (entry === undefined) throw notFound(id);
  return ok(single(call, type, (name) => read(entry, name)));
}

const audits = ({ tenant }: GraphCall): Collection<LogEntryRecord> => tenant.directory.directoryAudits;

/** Microsoft documentation, "List signIns": only with Entra ID P1 or P2. */
function signIns({ tenant }: GraphCall): Collection<LogEntryRecord> {
  demandPremium(tenant);
  return tenant.directory.signIns;
}

const readers = {
  service: 'auditLogs',
  roles: [
    roles.globalAdministrator,
    roles.globalReader,
    roles.reportsReader,
    roles.securityAdministrator,
    roles.securityReader,
  ],
} as const;

export const auditLogOperations: readonly GraphOperation[] = [
  {
    method: 'GET',
    path: '/auditLogs/directoryAudits',
    ...readers,
    handle: (call) => list(call, auditType, audits(call)),
  },
  {
    method: 'GET',
    path: '/auditLogs/directoryAudits/{id}',
    ...readers,
    handle: (call) => get(call, auditType, audits(call)),
  },
  { method: 'GET', path: '/auditLogs/signIns', ...readers, handle: (call) => list(call, signInType, signIns(call)) },
  {
    method: 'GET',
    path: '/auditLogs/signIns/{id}',
    ...readers,
    handle: (call) => get(call, signInType, signIns(call)),
  },
];
