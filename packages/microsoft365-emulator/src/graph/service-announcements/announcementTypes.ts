import type * as graph from '@microsoft/microsoft-graph-types';
import type { ServiceAnnouncementRecord, ServiceHealthRecord } from '../../store/directoryRecords.ts';
import type { PropertyValue } from '../../store/records.ts';
import {
  type FilterOperator,
  makeResourceType,
  type PropertyDefinition,
  type PropertyType,
} from '../odata/ResourceType.ts';

const equality: readonly FilterOperator[] = ['eq', 'ne', 'in'];
const dates: readonly FilterOperator[] = ['eq', 'ge', 'le', 'gt', 'lt'];
const shown = <Type extends PropertyType>(
  type: Type,
  filter: readonly FilterOperator[] = [],
): PropertyDefinition<Type> => ({
  type,
  isDefault: true,
  filter,
});
const sortedDate: PropertyDefinition<'dateTime'> = { ...shown('dateTime', dates), canSort: 'always' };

const announcement = {
  startDateTime: sortedDate,
  endDateTime: sortedDate,
  lastModifiedDateTime: sortedDate,
  title: shown('string', [...equality, 'startsWith']),
  id: shown('string', equality),
  details: shown('objects'),
};

const base = 'admin/serviceAnnouncement';

export const healthType = makeResourceType<graph.ServiceHealth>('ServiceHealth', `${base}/healthOverviews`, {
  service: shown('string', equality),
  status: shown('string', equality),
  id: shown('string', equality),
});

export const issueType = makeResourceType<graph.ServiceHealthIssue>('ServiceHealthIssue', `${base}/issues`, {
  ...announcement,
  impactDescription: shown('string'),
  classification: shown('string', equality),
  origin: shown('string', equality),
  status: shown('string', equality),
  service: shown('string', equality),
  feature: shown('string', equality),
  featureGroup: shown('string', equality),
  isResolved: shown('boolean', equality),
  posts: shown('objects'),
});

export const messageType = makeResourceType<graph.ServiceUpdateMessage>('ServiceUpdateMessage', `${base}/messages`, {
  ...announcement,
  category: shown('string', equality),
  severity: shown('string', equality),
  tags: shown('strings', ['any', 'eq']),
  isMajorChange: shown('boolean', equality),
  actionRequiredByDateTime: sortedDate,
  services: shown('strings', ['any', 'eq']),
  hasAttachments: shown('boolean', equality),
  viewPoint: shown('object'),
  body: shown('object'),
});

export function readHealth({ id, status }: ServiceHealthRecord, name: string): PropertyValue | undefined {
  if (name === 'status') return status;
  return name === 'id' || name === 'service' ? id : undefined;
}

export function readAnnouncement(
  { id, properties }: ServiceAnnouncementRecord,
  name: string,
): PropertyValue | undefined {
  if (name === 'id') return id;
  return properties[name] ?? (collections.has(name) ? [] : undefined);
}

const collections: ReadonlySet<string> = new Set(['details', 'posts', 'services', 'tags']);
