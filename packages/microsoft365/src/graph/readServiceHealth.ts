import type { ServiceHealthIssue, ServiceUpdateMessage } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { CallOptions } from '../ports.ts';
import type { ServiceIssue, ServiceMessage } from '../ServiceHealth.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { readsOf, selectOf } from './typedReads.ts';

const BASE = '/admin/serviceAnnouncement';
/** The newest are enough: what is older has been read, or forgotten by Microsoft. */
const MOST = 50;

const date = z
  .string()
  .nullish()
  .transform((text) => {
    const read = new Date(text ?? '');
    return Number.isNaN(read.getTime()) ? undefined : read;
  });
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const issues = z.object({
  value: z.array(
    readsOf<ServiceHealthIssue>()({
      id: z.string(),
      service: text,
      title: text,
      impactDescription: text,
      classification: text,
      startDateTime: date,
    }),
  ),
});
const messages = z.object({
  value: z.array(
    readsOf<ServiceUpdateMessage>()({
      id: z.string(),
      services: z.array(z.string()).nullish(),
      title: text,
      isMajorChange: z.boolean().nullish(),
      actionRequiredByDateTime: date,
      lastModifiedDateTime: date,
    }),
  ),
});

/** What is not resolved yet, the newest first. */
export async function readServiceIssues(
  transport: GraphTransport,
  options: CallOptions,
): Promise<readonly ServiceIssue[]> {
  const fields = selectOf<ServiceHealthIssue>(
    'id',
    'service',
    'title',
    'impactDescription',
    'classification',
    'startDateTime',
  );
  const answer = await transport.call(
    {
      method: 'GET',
      path: `${BASE}/issues?${fields}&$filter=isResolved eq false&$top=${MOST}`,
      permission: 'ServiceHealth.Read.All',
      purpose: 'read the health of the services',
    },
    options,
  );
  const newest = (one: { startDateTime: Date | undefined }): number => one.startDateTime?.getTime() ?? 0;
  const found = issues.parse(answer.body).value.toSorted((one, other) => newest(other) - newest(one));
  return found.map((one) => ({
    id: one.id,
    service: one.service,
    title: one.title,
    impact: one.impactDescription,
    isIncident: one.classification.toLowerCase() === 'incident',
    startedAt: one.startDateTime,
  }));
}

/** Announcements, those changed last first. */
export async function readServiceMessages(
  transport: GraphTransport,
  options: CallOptions,
): Promise<readonly ServiceMessage[]> {
  const fields = selectOf<ServiceUpdateMessage>(
    'id',
    'services',
    'title',
    'isMajorChange',
    'actionRequiredByDateTime',
    'lastModifiedDateTime',
  );
  const answer = await transport.call(
    {
      method: 'GET',
      path: `${BASE}/messages?${fields}&$orderby=lastModifiedDateTime desc&$top=${MOST}`,
      permission: 'ServiceMessage.Read.All',
      purpose: 'read the messages to administrators',
    },
    options,
  );
  return messages.parse(answer.body).value.map((one) => ({
    id: one.id,
    services: one.services ?? [],
    title: one.title,
    isMajorChange: one.isMajorChange ?? false,
    actionBy: one.actionRequiredByDateTime,
    updatedAt: one.lastModifiedDateTime,
  }));
}
