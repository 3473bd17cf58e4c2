import type { ServiceAnnouncementRecord, ServiceHealthRecord } from '../../store/directoryRecords.ts';
import type { PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { roles } from '../authorization/roleCatalog.ts';
import { notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, ok } from '../GraphCall.ts';
import { listObjects } from '../odata/listObjects.ts';
import type { Relations } from '../odata/RelatedObject.ts';
import { single, singleWithRelations } from '../odata/single.ts';
import { healthType, issueType, messageType, readAnnouncement, readHealth } from './announcementTypes.ts';

const pageSize = { standard: 100, maximum: 1000 };

/** Where `$expand` leads from a service. */
function healthRelations({ directory }: Tenant): Relations<ServiceHealthRecord> {
  const issuesOf = ({ id }: ServiceHealthRecord): ServiceAnnouncementRecord[] =>
    directory.serviceIssues.values().filter(({ properties }) => properties['service'] === id);
  return {
    issues: {
      isCollection: true,
      find: (health) =>
        issuesOf(health).map((issue) => ({ type: issueType, read: (name) => readAnnouncement(issue, name) })),
    },
  };
}

function listHealth(call: GraphCall): GraphAnswer {
  const values = (): readonly ServiceHealthRecord[] => call.tenant.directory.serviceHealth.values();
  return listObjects(call, {
    type: healthType,
    values,
    read: readHealth,
    pageSize,
    relations: healthRelations(call.tenant),
  });
}

function getHealth(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const health = call.tenant.directory.serviceHealth.get(id);
  if (health === undefined) throw notFound(id);
  const read = (name: string): PropertyValue | undefined => readHealth(health, name);
  return ok(singleWithRelations(call, healthType, read, health, healthRelations(call.tenant)));
}

function listIssues(call: GraphCall): GraphAnswer {
  const values = (): readonly ServiceAnnouncementRecord[] => call.tenant.directory.serviceIssues.values();
  return listObjects(call, { type: issueType, values, read: readAnnouncement, pageSize });
}

function getIssue(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const issue = call.tenant.directory.serviceIssues.get(id);
  if (issue === undefined) throw notFound(id);
  return ok(single(call, issueType, (name) => readAnnouncement(issue, name)));
}

function listMessages(call: GraphCall): GraphAnswer {
  const values = (): readonly ServiceAnnouncementRecord[] => call.tenant.directory.serviceMessages.values();
  return listObjects(call, { type: messageType, values, read: readAnnouncement, pageSize });
}

function getMessage(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const message = call.tenant.directory.serviceMessages.get(id);
  if (message === undefined) throw notFound(id);
  return ok(single(call, messageType, (name) => readAnnouncement(message, name)));
}

const base = '/admin/serviceAnnouncement';
const health = {
  service: 'serviceCommunications',
  roles: [roles.globalAdministrator, roles.globalReader, roles.serviceSupportAdministrator],
} as const;
const messages = { service: 'serviceCommunications', roles: [...health.roles, roles.messageCenterReader] } as const;

export const serviceAnnouncementOperations: readonly GraphOperation[] = [
  { method: 'GET', path: `${base}/healthOverviews`, ...health, handle: listHealth },
  { method: 'GET', path: `${base}/healthOverviews/{id}`, ...health, handle: getHealth },
  { method: 'GET', path: `${base}/issues`, ...health, handle: listIssues },
  { method: 'GET', path: `${base}/issues/{id}`, ...health, handle: getIssue },
  { method: 'GET', path: `${base}/messages`, ...messages, handle: listMessages },
  { method: 'GET', path: `${base}/messages/{id}`, ...messages, handle: getMessage },
];
