import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpAnswer } from '../http/HttpAnswer.ts';
import type { HttpServices } from '../http/HttpServices.ts';
import { originOf } from '../http/originOf.ts';
import { serve } from '../http/serve.ts';
import type { ApiVersion } from './authorization/authorizeExchange.ts';
import { answerBatch, CutConnection } from './batch.ts';
import type { ExchangeRequest } from './ExchangeRequest.ts';
import type { ExchangeService } from './ExchangeService.ts';
import { readingCmdlet } from './entitySets.ts';
import { ExchangeError } from './errors/ExchangeError.ts';
import { listCmdlets } from './listCmdlets.ts';
import { playCmdletFault } from './playCmdletFault.ts';
import { v2EndpointNames } from './v2Endpoints.ts';
import { httpAnswer } from './writeAnswer.ts';

const NOT_FOUND: HttpAnswer = { status: 404, headers: {} };
const NOT_ALLOWED: HttpAnswer = { status: 405, headers: { allow: 'GET' } };

/** Exchange Online's admin API under `/adminapi`. */
export function registerExchange(app: FastifyInstance, service: ExchangeService, http: HttpServices): void {
  const answerWith = (
    handler: (request: FastifyRequest) => Promise<HttpAnswer> | HttpAnswer,
  ): ReturnType<typeof serve> => serve(http, (request) => redirected(request, http) ?? handler(request));
  const invoke = answerWith((request) => run(service, exchangeRequest(request, 'beta')));
  app.post('/adminapi/beta/:tenant/InvokeCommand', invoke);
  // Some clients ask for a further page by GET.
  app.get('/adminapi/beta/:tenant/InvokeCommand', invoke);
  app.post(
    '/adminapi/beta/:tenant/$batch',
    answerWith((request) => batch(service, http, request)),
  );
  app.get(
    '/adminapi/beta/:tenant/:endpoint',
    answerWith((request) => read(service, request)),
  );
  app.all(
    '/adminapi/v1.0/:tenant/InvokeCommand',
    answerWith(() => NOT_ALLOWED),
  );
  app.get(
    '/adminapi/v1.0/:tenant/EXOModuleFile',
    answerWith(async (request) => httpAnswer(await listCmdlets(service, exchangeRequest(request, 'beta')))),
  );
  app.post(
    '/adminapi/v2.0/:tenant/:endpoint',
    answerWith((request) => invokeV2(service, http, request)),
  );
}

async function run(service: ExchangeService, request: ExchangeRequest): Promise<HttpAnswer> {
  const { fault, answer } = await playCmdletFault(service, request);
  const answered = answer ?? httpAnswer(await service.answer(request));
  return fault?.reset === undefined ? answered : { ...answered, cut: true };
}

async function invokeV2(service: ExchangeService, http: HttpServices, request: FastifyRequest): Promise<HttpAnswer> {
  const exchange = exchangeRequest(request, 'v2.0');
  if (!http.settings().exchange.adminApiV2 || !v2EndpointNames.includes(exchange.endpoint)) return NOT_FOUND;
  return run(service, exchange);
}

/** Reading by `GET`, as the module's own fast cmdlets do. */
async function read(service: ExchangeService, request: FastifyRequest): Promise<HttpAnswer> {
  const exchange = exchangeRequest(request, 'beta');
  const input = readingCmdlet(exchange.endpoint);
  if (input === undefined) return NOT_FOUND;
  return httpAnswer(await service.answer({ ...exchange, body: () => ({ CmdletInput: input }) }));
}

async function batch(service: ExchangeService, http: HttpServices, request: FastifyRequest): Promise<HttpAnswer> {
  try {
    return httpAnswer(await answerBatch(service, http, exchangeRequest(request, 'beta')));
  } catch (error) {
    if (error instanceof CutConnection) return { status: 0, headers: {}, cut: true };
    throw error;
  }
}

/** With a regional host, calls to any other host are sent there. */
function redirected(request: FastifyRequest, http: HttpServices): HttpAnswer | undefined {
  const { regionalHost } = http.settings().exchange;
  if (regionalHost === null || request.headers.host === regionalHost) return undefined;
  return { status: 302, headers: { location: `https://${regionalHost}${request.url}` } };
}

function exchangeRequest(request: FastifyRequest, version: ApiVersion): ExchangeRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
  const { tenant = '', endpoint = 'InvokeCommand' } = request.params as Readonly<Record<string, string>>;
  const { body } = request;
  return {
    version,
    tenant,
    endpoint,
    method: request.method,
    query: new URLSearchParams(request.url.replace(/^[^?]*\??/, '')),
    headers,
    body: () => parseBody(body),
    origin: originOf(request),
  };
}

function parseBody(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ExchangeError('malformed', { text: 'The request body is not valid JSON.' });
  }
}
