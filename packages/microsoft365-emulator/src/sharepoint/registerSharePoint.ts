import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findSiteByPath, isLive, makeGroupSites } from '../files/sites.ts';
import { GraphError } from '../graph/GraphError.ts';
import { decodePart } from '../graph/splitPath.ts';
import type { FilesThrottle } from '../graph/throttling/FilesThrottle.ts';
import type { CallDetails, HttpAnswer } from '../http/HttpAnswer.ts';
import type { HttpServices } from '../http/HttpServices.ts';
import { originOf } from '../http/originOf.ts';
import { serve } from '../http/serve.ts';
import type { AccessTokens } from '../sign-in/AccessTokens.ts';
import type { World } from '../store/World.ts';
import { authenticateRest, TokenRefused } from './authenticateRest.ts';
import { carryOutRest, type RestOutcome } from './carryOutRest.ts';
import { parseResourcePath } from './parseResourcePath.ts';
import type { RestCall } from './RestCall.ts';
import { renderResource, renderValue } from './renderResource.ts';
import { itemResource } from './resources/items.ts';
import { listResource } from './resources/lists.ts';
import { contentTypeOf, type RestFormat, restFormatOf } from './restFormat.ts';
import { SharePointError } from './SharePointError.ts';

export interface SharePointServices {
  readonly world: World;
  readonly tokens: AccessTokens;
  readonly throttle: FilesThrottle;
}

const LARGEST_BODY = 251 * 1024 * 1024;
const PERMISSION_UNITS = 5;
const sitePaths = ['', '/sites/:name', '/teams/:name', '/personal/:name'];

/** SharePoint's classic REST interface, below every site and under whatever host the caller reached it. */
export function registerSharePoint(app: FastifyInstance, services: SharePointServices, http: HttpServices): void {
  const handler = serve(http, (request) => answer(services, http, request));
  for (const path of sitePaths) {
    app.all(`${path}/_api/*`, { bodyLimit: LARGEST_BODY }, handler);
    app.all(`${path}/_vti_bin/client.svc/*`, handler);
  }
}

async function answer(services: SharePointServices, http: HttpServices, request: FastifyRequest): Promise<HttpAnswer> {
  const trace = randomUUID();
  const format = restFormatOf(request.headers.accept);
  const headers = {
    'content-type': contentTypeOf(format),
    'cache-control': 'private, max-age=0',
    'request-id': trace,
    sprequestguid: trace,
    'x-sharepointhealthscore': '0',
    microsoftsharepointteamservices: '16.0.0.26514',
  };
  const call: { details: CallDetails } = { details: { requestId: trace } };
  try {
    const result = await carryOut(services, http, request, call);
    return httpAnswer(result.call, format, result.outcome, { ...headers, ...result.headers }, call.details);
  } catch (error) {
    const refusal = refusalOf(error, format);
    if (refusal === undefined) throw error;
    return { ...refusal, headers: { ...headers, ...refusal.headers }, call: call.details };
  }
}

interface Result {
  readonly call: RestCall;
  readonly outcome: RestOutcome;
  readonly headers: Readonly<Record<string, string>>;
}

async function carryOut(
  { world, tokens, throttle }: SharePointServices,
  http: HttpServices,
  request: FastifyRequest,
  log: { details: CallDetails },
): Promise<Result> {
  const { caller, tenant } = await authenticateRest(world, tokens, request.headers.authorization);
  const settings = http.settings();
  const [path = '', queryText = ''] = request.url.split('?', 2);
  const [sitePart = '', resourcePart] = path.split(/\/_api\//i, 2);
  const units = /permission|roleassignment|roleinheritance/i.test(request.url)
    ? PERMISSION_UNITS
    : settings.sharePointRestUnits;
  const user = caller.kind === 'user' ? { userId: caller.objectId } : {};
  log.details = { ...log.details, appId: caller.appId, resourceUnits: units, ...user };
  const headers = throttle.consume({ caller, tenant, units, isSharing: false });
  if (resourcePart === undefined) throw new SharePointError('notEmulated', { name: path });
  makeGroupSites(world, tenant);
  const site = findSiteByPath(tenant, decodePart(sitePart));
  if (site === undefined || !isLive(tenant, site)) throw new SharePointError('fileMissing');
  if (site.isLocked) throw new SharePointError('siteLocked');
  const resourcePath = decodePart(resourcePart);
  const query = new URLSearchParams(queryText);
  const call: RestCall = {
    method: methodOf(request),
    isPosted: request.method === 'POST',
    world,
    tenant,
    settings,
    caller,
    site,
    origin: originOf(request),
    resourcePath,
    query,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')])),
    bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    open: { list: listResource, item: itemResource },
  };
  const outcome = world.transaction(() => carryOutRest(call, parseResourcePath(resourcePath, query)));
  return { call, outcome, headers };
}

/** `X-HTTP-Method` stands for methods that some networks do not let through. */
function methodOf(request: FastifyRequest): string {
  const given = request.headers['x-http-method'];
  return request.method === 'POST' && typeof given === 'string' ? given.toUpperCase() : request.method;
}

function httpAnswer(
  call: RestCall,
  format: RestFormat,
  outcome: RestOutcome,
  headers: Readonly<Record<string, string>>,
  details: CallDetails,
): HttpAnswer {
  switch (outcome.kind) {
    case 'bytes':
      return { status: 200, headers: { ...headers, 'content-type': outcome.type }, body: outcome.bytes, call: details };
    case 'nothing':
      return nothing(call, format, headers, details);
    case 'value':
      return {
        status: 200,
        headers,
        body: JSON.stringify(renderValue(format, outcome.name, outcome.value)),
        call: details,
      };
    case 'resource': {
      const { resource, status } = outcome;
      const tag = resource.etag === undefined ? {} : { etag: resource.etag };
      const body = JSON.stringify(wrapped(resource.type, format, renderResource(call, format, resource)));
      return { status, headers: { ...headers, ...tag }, body, call: details };
    }
  }
}

/** Changes and deletions answer without a body; functions that give nothing say so. */
function nothing(
  { method }: RestCall,
  format: RestFormat,
  headers: Readonly<Record<string, string>>,
  details: CallDetails,
): HttpAnswer {
  const { 'content-type': _, ...plain } = headers;
  if (method === 'MERGE' || method === 'PATCH' || method === 'PUT')
    return { status: 204, headers: plain, call: details };
  if (method === 'DELETE') return { status: 200, headers: plain, body: '', call: details };
  const body = format === 'verbose' ? { d: null } : { 'odata.null': true };
  return { status: 200, headers, body: JSON.stringify(body), call: details };
}

/** In the verbose dialect this one answer has its function's name around it. */
function wrapped(type: string, format: RestFormat, body: object): object {
  if (format !== 'verbose' || type !== 'SP.ContextWebInformation') return body;
  const { d } = body as { readonly d: Readonly<Record<string, unknown>> };
  return { d: { GetContextWebInformation: { ...d, SupportedSchemaVersions: d['SupportedSchemaVersions'] } } };
}

/** Refusals of files that both interfaces share, in this one's words. */
const shared: Readonly<Record<string, ConstructorParameters<typeof SharePointError>[0]>> = {
  itemNotFound: 'fileMissing',
  notAllowed: 'fileCheckedOut',
  nameAlreadyExists: 'fileNameTaken',
  quotaLimitReached: 'quotaFull',
  accessDenied: 'accessDenied',
  invalidRequest: 'badArgument',
};

function refusalOf(error: unknown, format: RestFormat): HttpAnswer | undefined {
  if (error instanceof TokenRefused) {
    const headers = { ...error.headers, 'content-type': 'application/json' };
    return { status: 401, headers, body: JSON.stringify({ error_description: error.message }) };
  }
  if (error instanceof GraphError && (error.status === 429 || error.status === 503)) {
    return {
      status: error.status,
      headers: error.headers,
      body: errorBody(format, '-2147429894, Microsoft.SharePoint.Client.ServerException', error.message),
    };
  }
  const known = error instanceof GraphError ? shared[error.code] : undefined;
  const refusal = known === undefined ? error : new SharePointError(known);
  if (!(refusal instanceof SharePointError)) return undefined;
  return { status: refusal.status, headers: refusal.headers, body: errorBody(format, refusal.code, refusal.message) };
}

function errorBody(format: RestFormat, code: string, value: string): string {
  if (format === 'v4' || format === 'v4minimal') return JSON.stringify({ error: { code, message: value } });
  const error = { code, message: { lang: 'en-US', value } };
  return JSON.stringify(format === 'verbose' ? { error } : { 'odata.error': error });
}
