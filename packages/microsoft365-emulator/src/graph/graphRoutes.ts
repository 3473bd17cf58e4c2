import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpAnswer } from '../http/HttpAnswer.ts';
import type { HttpServices } from '../http/HttpServices.ts';
import { originOf } from '../http/originOf.ts';
import { serve } from '../http/serve.ts';
import { answerBatch, CutConnection } from './batch/batch.ts';
import { refusal } from './errors.ts';
import type { GraphError } from './GraphError.ts';
import type { GraphRequest, GraphResult, GraphService } from './GraphService.ts';
import { wantsNoMetadata, withoutMetadata } from './odata/withoutMetadata.ts';

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

// The largest file that a single call may bring, and a little more, so that the service itself refuses what is larger.
const LARGEST_UPLOAD = 251 * 1024 * 1024;
const MAXIMUM_DEPTH = 100;

/** Microsoft Graph under `/v1.0`. */
export function registerGraph(app: FastifyInstance, service: GraphService, http: HttpServices): void {
  app.post(
    '/v1.0/$batch',
    serve(http, (request) => batch(service, http, request)),
  );
  const handler = serve(http, (request) => answer(service, request));
  app.all('/v1.0', handler);
  app.all('/v1.0/*', { bodyLimit: LARGEST_UPLOAD }, handler);
}

async function answer(service: GraphService, request: FastifyRequest): Promise<HttpAnswer> {
  const result = await service.answer(graphRequestOf(request));
  if (!wantsNoMetadata(request.headers.accept) || result.status >= 400) return httpAnswer(result);
  const plain = httpAnswer({
    ...result,
    body: Buffer.isBuffer(result.body) ? result.body : withoutMetadata(result.body),
  });
  const type = plain.headers['content-type']?.replace('odata.metadata=minimal', 'odata.metadata=none');
  return { ...plain, headers: { ...plain.headers, ...(type === undefined ? {} : { 'content-type': type }) } };
}

async function batch(service: GraphService, http: HttpServices, request: FastifyRequest): Promise<HttpAnswer> {
  const graphRequest = graphRequestOf(request);
  const now = (): Date => http.clock.now();
  try {
    const result = await service.respond(graphRequest, async (spent) => {
      const authenticated = await service.authenticate(graphRequest);
      spent.caller = authenticated.caller;
      const body = await answerBatch({ service, log: http.log, request: graphRequest, authenticated, now });
      return { status: 200, body };
    });
    return httpAnswer(result);
  } catch (error) {
    if (error instanceof CutConnection) return { status: 0, headers: {}, cut: true };
    throw error;
  }
}

/** A request in the form that the service takes. */
export function graphRequestOf(request: FastifyRequest): GraphRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers))
    headers[name] = Array.isArray(value) ? value.join(',') : value;
  const { body } = request;
  return {
    method: request.method,
    path: request.url.slice('/v1.0'.length),
    headers,
    body: () => parseBody(body),
    bytes: () => (Buffer.isBuffer(body) ? body : Buffer.alloc(0)),
    root: `${originOf(request)}/v1.0`,
  };
}

function parseBody(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined;
  const value = parseJson(body.toString('utf8'));
  if (isDeeperThan(value, MAXIMUM_DEPTH)) throw unreadable();
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable();
  }
}

function unreadable(): GraphError {
  return refusal('unreadableBody');
}

/** Whether objects and lists are nested in each other more often than any real body has them. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(part, levels - 1));
}

export function httpAnswer({ status, headers, body, requestId, units, caller }: GraphResult): HttpAnswer {
  const userId = caller?.kind === 'user' ? caller.objectId : undefined;
  const call = { requestId, resourceUnits: units, appId: caller?.appId, userId };
  if (body === undefined) return { status, headers, call };
  if (typeof body === 'string' || Buffer.isBuffer(body)) return { status, headers, body, call };
  const type = status === 401 ? 'application/json' : JSON_TYPE;
  return { status, headers: { 'content-type': type, ...headers }, body: JSON.stringify(body), call };
}
