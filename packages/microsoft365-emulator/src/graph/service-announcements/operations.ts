import type { ServiceAnnouncementRecord, ServiceHealthRecord } from '../../store/directoryRecords.ts';
import { roles } from '../authorization/roleCatalog.ts';
import { notFound, unsupportedQuery } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, ok } from '../GraphCall.ts';
import { listObjects } from '../odata/listObjects.ts';
import { contextOf, project, single } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { healthType, issueType, messageType, readAnnouncement, readHealth } from './announcementTypes.ts';

const pageSize = { standard: 100, maximum: 1000 };

/** `$expand=issues` is the only thing to be expanded here. */
function wantsIssues({ query }: GraphCall): boolean {
  const expand = query.get('$expand');
  if (expand !== null && expand !== 'issues') throw unsupportedQuery(`Expanding '${expand}' is not supported.`);
  return expand !== null;
}

function presentHealth(call: GraphCall, health: ServiceHealthRecord): object {
  const shown = project((name) => readHealth(health, name), defaultNames(healthType));
  if (!wantsIssues(call)) return shown;
  const issues = call.tenant.directory.serviceIssues
    .values()
    .filter(({ properties }) => properties['service'] === health.id)
    .map((issue) => project((name) => readAnnouncement(issue, name), defaultNames(issueType)));
  return { ...shown, issues };
}

function listHealth(call: GraphCall): GraphAnswer {
  const { serviceHealth } = call.tenant.directory;
  if (!wantsIssues(call)) {
    return listObjects(call, { type: healthType, values: () => serviceHealth.values(), read: readHealth, pageSize });
  }
  const value = serviceHealth.values().map((health) => presentHealth(call, health));
  return ok({ '@odata.context': contextOf(call, `${healthType.set}(issues())`), value });
}

function getHealth(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const health = call.tenant.directory.serviceHealth.get(id);
  if (health === undefined) throw notFound(id);
  return ok({ '@odata.context': contextOf(call, healthType.set, true), ...presentHealth(call, health) });
}

function listIssues(call: GraphCall): GraphAnswer {
  const values = (): ServiceAnnouncementRecord[] => call.tenant.directory.serviceIssues.values();
  return listObjects(call, { type: issueType, values, read: readAnnouncement, pageSize });
}

function getIssue(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const issue = call.tenant.directory.serviceIssues.get(id);
  if (issue === undefined) throw notFound(id);
  return ok(single(call, issueType, (name) => readAnnouncement(issue, name)));
}

function listMessages(call: GraphCall): GraphAnswer {
  const values = (): ServiceAnnouncementRecord[] => call.tenant.directory.serviceMessages.values();
  return listObjects(call, { type: messageType, values, read: readAnnouncement, pageSize });
}

function getMessage(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const message = call.tenant.directory.serviceMessages.get(id);
  if (message === undefined) throw notFound(id);
  return ok(single(call, messageType, (name) => readAnnouncement(message, name)));
}

const base = '/admin/serviceAnnouncement';
const health = { roles: [roles.globalAdministrator, roles.globalReader, roles.serviceSupportAdministrator] };
const messages = { roles: [...health.roles, roles.messageCenterReader] };

export const serviceAnnouncementOperations: readonly GraphOperation[] = [
  { method: 'GET', path: `${base}/healthOverviews`, ...health, handle: listHealth },
  { method: 'GET', path: `${base}/healthOverviews/{id}`, ...health, handle: getHealth },
  { method: 'GET', path: `${base}/issues`, ...health, handle: listIssues },
  { method: 'GET', path: `${base}/issues/{id}`, ...health, handle: getIssue },
  { method: 'GET', path: `${base}/messages`, ...messages, handle: listMessages },
  { method: 'GET', path: `${base}/messages/{id}`, ...messages, handle: getMessage },
];
