import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlannedFault } from '../FaultPlan.ts';
import type { HttpAnswer } from './HttpAnswer.ts';
import type { HttpServices } from './HttpServices.ts';

export type Handler = (request: FastifyRequest) => Promise<HttpAnswer> | HttpAnswer;

/** A route handler around ours: latency and planned faults hit the call, and the request log sees it. */
export function serve(
  http: HttpServices,
  handler: Handler,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    const started = performance.now();
    const fault = http.faults.isEmpty ? undefined : http.faults.take(request.method, pathOf(request.url));
    const delayMs = http.settings().latencyMs + (fault?.delayMs ?? 0);
    if (delayMs > 0) await wait(delayMs);
    const answer = plannedAnswer(fault) ?? (await handler(request));
    const isCut = answer.cut === true || fault?.reset !== undefined;
    log(http, request, isCut ? { ...answer, status: 0 } : answer, { started, fault });
    return isCut ? cut(request, reply) : send(reply, answer);
  };
}

/** Straight to Node: the framework's own sending would look at every header once more and changes nothing. */
function send(reply: FastifyReply, { status, headers, body = '' }: HttpAnswer): FastifyReply {
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  // Refuses headers that are none, which must happen before the framework lets go of the answer.
  reply.raw.writeHead(status, status === 204 || status === 304 ? headers : { ...headers, ...length });
  reply.hijack();
  reply.raw.end(body);
  return reply;
}

/** The answer that a fault puts in the place of the handler's; undefined when the call is to be carried out. */
export function plannedAnswer(fault: PlannedFault | undefined): HttpAnswer | undefined {
  if (fault?.reset === 'before') return { status: 0, headers: {}, cut: true };
  if (fault?.answer === undefined) return undefined;
  const { status, headers = {}, body } = fault.answer;
  if (body === undefined) return { status, headers };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: text };
}

function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

/** The path without the query, decoded as far as it can be. */
function pathOf(url: string): string {
  const path = url.replace(/\?.*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function log(
  http: HttpServices,
  request: FastifyRequest,
  { status, call }: HttpAnswer,
  { started, fault }: { started: number; fault: PlannedFault | undefined },
): void {
  http.log.add({
    at: http.clock.now(),
    method: request.method,
    url: request.url,
    status,
    durationMs: Math.round((performance.now() - started) * 10) / 10,
    requestId: call?.requestId ?? request.id,
    clientRequestId: call?.clientRequestId ?? clientRequestId(request),
    appId: call?.appId ?? null,
    userId: call?.userId ?? null,
    batchItemId: null,
    resourceUnits: call?.resourceUnits ?? 0,
    fault: fault?.id ?? null,
  });
}

function clientRequestId(request: FastifyRequest): string | null {
  const header = request.headers['client-request-id'];
  if (typeof header === 'string') return header;
  return /[?&]client-request-id=([^&]+)/.exec(request.url)?.[1] ?? null;
}
