import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { HttpServices } from '../http/HttpServices.ts';
import { plannedAnswer } from '../http/serve.ts';
import type { ExchangeRequest, ExchangeResult } from './ExchangeRequest.ts';
import type { ExchangeService } from './ExchangeService.ts';
import { ExchangeError } from './errors/ExchangeError.ts';
import { type Played, plannedResult, playCmdletFault } from './playCmdletFault.ts';

const itemSchema = z.object({
  id: z.string().min(1),
  method: z.string().toUpperCase(),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown(),
});
const bodySchema = z.object({ requests: z.array(itemSchema).min(1) });

type BatchItem = z.infer<typeof itemSchema>;

interface BatchItemAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A planned fault cuts the connection of the whole batch. */
export class CutConnection extends Error {}

/** Runs the cmdlets of a batch one after the other; each counts alone against the limits. */
export function answerBatch(
  service: ExchangeService,
  http: HttpServices,
  request: ExchangeRequest,
): Promise<ExchangeResult> {
  return service.respond(async (progress) => {
    await service.identify(request, progress);
    const parsed = bodySchema.safeParse(request.body());
    if (!parsed.success) throw new ExchangeError('malformed', { text: 'The batch has no list of requests.' });
    const { requests } = parsed.data;
    if (new Set(requests.map(({ id }) => id.toLowerCase())).size < requests.length) {
      throw new ExchangeError('malformed', { text: 'The batch has two requests with the same id.' });
    }
    return { responses: await runItems(service, http, request, requests) };
  });
}

/** OData 4.01, JSON batch: without this preference a service stops at the first failure. */
function goesOnAfterErrors({ headers }: ExchangeRequest): boolean {
  return /odata\.continue-on-error(?!\s*=\s*false)/i.test(headers['prefer'] ?? '');
}

async function runItems(
  service: ExchangeService,
  http: HttpServices,
  request: ExchangeRequest,
  items: readonly BatchItem[],
): Promise<BatchItemAnswer[]> {
  const answers: BatchItemAnswer[] = [];
  let hasFailed = false;
  for (const item of items) {
    const isSkipped: boolean = hasFailed && !goesOnAfterErrors(request);
    const answer: BatchItemAnswer = isSkipped ? skipped(item, http) : await runItem(service, http, request, item);
    hasFailed ||= answer.status >= 400;
    answers.push(answer);
  }
  // The real service keeps no order. By a hash of the ids the order is another one, and always the same.
  return answers.toSorted((one, other) => hashOf(one.id).localeCompare(hashOf(other.id)));
}

function hashOf(id: string): string {
  return createHash('sha1').update(id).digest('hex');
}

function skipped({ id }: BatchItem, http: HttpServices): BatchItemAnswer {
  const error = new ExchangeError('failedDependency');
  return { id, status: error.status, headers: {}, body: error.body(http.settings().exchange.errorText) };
}

async function runItem(
  service: ExchangeService,
  http: HttpServices,
  request: ExchangeRequest,
  item: BatchItem,
): Promise<BatchItemAnswer> {
  const started = performance.now();
  const path = item.url.replace(/^https?:\/\/[^/]+/, '');
  const itemRequest = requestOf(request, item, path);
  const { fault, answer: planned } = await playFault(service, itemRequest, path);
  if (fault?.reset === 'before') throw new CutConnection();
  const answer = planned === undefined ? await service.answer(itemRequest) : plannedResult(planned, item.id);
  http.log.add({
    at: http.clock.now(),
    method: item.method,
    url: path,
    status: answer.status,
    durationMs: Math.round((performance.now() - started) * 10) / 10,
    requestId: answer.requestId,
    clientRequestId: itemRequest.headers['client-request-id'] ?? null,
    appId: answer.caller?.appId ?? null,
    userId: answer.caller?.kind === 'user' ? answer.caller.objectId : null,
    batchItemId: item.id,
    resourceUnits: 0,
    fault: fault?.id ?? null,
  });
  if (fault?.reset === 'after') throw new CutConnection();
  // The NUL bytes of a refused role cannot stand inside JSON.
  const body = answer.body === null || answer.body === undefined ? {} : { body: answer.body };
  return { id: item.id, status: answer.status, headers: shownHeaders(answer.headers), ...body };
}

/** A fault of the path that all cmdlets share, or of this cmdlet alone. */
async function playFault(service: ExchangeService, request: ExchangeRequest, path: string): Promise<Played> {
  const fault = await service.faultFor(request.method, path.replace(/\?.*$/, ''));
  if (fault !== undefined) return { fault, answer: plannedAnswer(fault) };
  return playCmdletFault(service, request);
}

function requestOf(request: ExchangeRequest, item: BatchItem, path: string): ExchangeRequest {
  const match = /^\/adminapi\/beta\/([^/?]+)\/InvokeCommand(?:\?(.*))?$/i.exec(path);
  if (match === null || item.method !== 'POST') {
    return { ...request, body: () => undefined, query: new URLSearchParams() };
  }
  const own = Object.fromEntries(Object.entries(item.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    ...request,
    tenant: match[1] ?? '',
    endpoint: 'InvokeCommand',
    query: new URLSearchParams(match[2] ?? ''),
    headers: { ...request.headers, ...own },
    body: () => item.body,
  };
}

function shownHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const retryAfter = headers['retry-after'];
  return { 'Content-Type': 'application/json', ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }) };
}
