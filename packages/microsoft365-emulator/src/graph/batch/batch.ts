import * as z from 'zod';
import { plannedAnswer } from '../../http/serve.ts';
import type { RequestLog } from '../../RequestLog.ts';
import type { Authenticated } from '../authenticate.ts';
import { errorCatalog } from '../errorCatalog.ts';
import { refusal } from '../errors.ts';
import type { GraphRequest, GraphResult, GraphService } from '../GraphService.ts';

const MAXIMUM = 20;

const idSchema = z.union([z.string(), z.number()]);
const itemSchema = z.object({
  id: idSchema,
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).nullish(),
  body: z.unknown().optional(),
  /** Groups that succeed or fail as a whole are not for Graph. */
  atomicityGroup: z.undefined().optional(),
  dependsOn: z.array(idSchema).nullish(),
});
const batchSchema = z.object({ requests: z.array(itemSchema) });

interface BatchItem {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

export interface BatchItemAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Batch {
  readonly service: GraphService;
  readonly log: RequestLog;
  readonly request: GraphRequest;
  readonly authenticated: Authenticated;
  readonly now: () => Date;
}

/** The connection is to be cut because a planned fault of an item says so. */
export class CutConnection extends Error {}

/** POST /$batch: items run side by side, except where one waits for others. */
export async function answerBatch(batch: Batch): Promise<{ responses: BatchItemAnswer[] }> {
  const items = readItems(batch.request.body());
  const running = new Map<string, Promise<BatchItemAnswer>>();
  const run = async (item: BatchItem): Promise<BatchItemAnswer> => {
    const before = await Promise.all(item.dependsOn.flatMap((id) => running.get(id) ?? []));
    if (before.some((answer) => answer.status >= 400)) return failedDependency(item.id);
    return runItem(batch, item);
  };
  for (const item of inOrder(items)) running.set(item.id, run(item));
  return { responses: await Promise.all(running.values()) };
}

function readItems(body: unknown): BatchItem[] {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) throw refusal('batchMalformed');
  if (parsed.data.requests.length > MAXIMUM) {
    throw refusal('batchTooLong', { maximum: MAXIMUM });
  }
  const requests = parsed.data.requests.map(readItem);
  const ids = new Set(requests.map((item) => item.id.toLowerCase()));
  if (ids.size < requests.length) throw refusal('batchIdsNotUnique');
  return requests;
}

/** By hand and not by zod, whose transformations cost several times what checking the batch does. */
function readItem({ id, method, url, headers, body, dependsOn }: z.infer<typeof itemSchema>): BatchItem {
  const lowered: Record<string, string> = {};
  for (const name in headers) lowered[name.toLowerCase()] = headers[name] ?? '';
  const waitsFor = dependsOn?.map(String) ?? [];
  return { id: String(id), method: method.toUpperCase(), url, headers: lowered, body, dependsOn: waitsFor };
}

/** Items so that each one comes after those it depends on; a circle or an unknown id refuses the whole batch. */
function inOrder(items: readonly BatchItem[]): BatchItem[] {
  const ordered: BatchItem[] = [];
  const done = new Set<string>();
  let waiting = [...items];
  while (waiting.length > 0) {
    const ready = waiting.filter((item) => item.dependsOn.every((id) => done.has(id)));
    if (ready.length === 0) throw refusal('batchOrderImpossible');
    for (const item of ready) done.add(item.id);
    ordered.push(...ready);
    waiting = waiting.filter((item) => !done.has(item.id));
  }
  return ordered;
}

async function runItem(batch: Batch, item: BatchItem): Promise<BatchItemAnswer> {
  const started = performance.now();
  const path = pathOf(item.url);
  const headers = { 'client-request-id': batch.request.headers['client-request-id'], ...item.headers };
  const fault = await batch.service.faultFor(item.method, path);
  if (fault?.reset === 'before') throw new CutConnection();
  const planned = plannedAnswer(fault);
  const request: GraphRequest = {
    method: item.method,
    path,
    headers,
    body: () => bodyOf(item),
    bytes: () => Buffer.from(String(bodyOf(item) ?? ''), 'base64'),
    root: batch.request.root,
  };
  const answer: Pick<GraphResult, 'status' | 'headers' | 'body' | 'requestId' | 'units'> =
    planned === undefined
      ? await batch.service.answer(request, batch.authenticated)
      : { ...planned, requestId: item.id, units: 0, body: parsedBody(planned.body) };
  const { caller } = batch.authenticated;
  batch.log.add({
    at: batch.now(),
    method: item.method,
    url: `/v1.0${path}`,
    status: answer.status,
    durationMs: Math.round((performance.now() - started) * 10) / 10,
    requestId: answer.requestId,
    clientRequestId: headers['client-request-id'] ?? null,
    appId: caller.appId,
    userId: caller.kind === 'user' ? caller.objectId : null,
    batchItemId: item.id,
    resourceUnits: answer.units,
    fault: fault?.id ?? null,
  });
  if (fault?.reset === 'after') throw new CutConnection();
  return { id: item.id, status: answer.status, headers: shownHeaders(answer), ...bodyPart(answer.body) };
}

function parsedBody(text: string | Buffer | undefined): unknown {
  if (text === undefined || typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function bodyPart(body: unknown): { body?: unknown } {
  return body === undefined ? {} : { body };
}

const headerNames = [
  ['cache-control', 'Cache-Control'],
  ['location', 'Location'],
  ['retry-after', 'Retry-After'],
  ['x-ms-resource-unit', 'x-ms-resource-unit'],
  ['x-ms-throttle-limit-percentage', 'x-ms-throttle-limit-percentage'],
  ['x-ms-throttle-scope', 'x-ms-throttle-scope'],
  ['x-ms-throttle-information', 'x-ms-throttle-information'],
] as const;

/** Of an item's headers only those that mean something inside the batch are shown, `Retry-After` above all. */
function shownHeaders({
  headers,
  body,
}: {
  headers: Readonly<Record<string, string>>;
  body: unknown;
}): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, shownName] of headerNames) {
    const value = headers[name];
    if (value !== undefined) shown[shownName] = value;
  }
  if (body !== undefined) shown['Content-Type'] = 'application/json';
  return shown;
}

function pathOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]+/, '').replace(/^\/v1\.0(?=\/)/, '');
  return path.startsWith('/') ? path : `/${path}`;
}

function bodyOf(item: BatchItem): unknown {
  if (item.body === undefined || item.body === null) return undefined;
  if (item.headers['content-type'] === undefined) throw refusal('batchItemWithoutType', { id: item.id });
  return item.body;
}

function failedDependency(id: string): BatchItemAnswer {
  const { status, code, message } = errorCatalog.dependencyFailed;
  return {
    id,
    status,
    headers: { 'Content-Type': 'application/json' },
    body: { error: { code, message } },
  };
}
