import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { EmulatorControl } from '../control/EmulatorControl.ts';
import { html } from '../http/html.ts';
import { findFirstPartyClient } from '../seed/firstParty.ts';
import { textOf } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { collectionPage, recordPage } from './collectionPage.ts';
import { Entrance, entrancePage } from './entrance.ts';
import { inspectorPage, inspectorPaths } from './layout.ts';
import { type ApplicationNames, requestRows, requestsPage } from './requestsPage.ts';
import { tenantsPage } from './tenantsPage.ts';

const SAFE = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const empty = z.literal('').transform(() => undefined);
const filterSchema = z.object({
  clientRequestId: empty.or(z.string().optional()),
  url: empty.or(z.string().optional()),
  method: empty.or(z.string().optional()),
  status: empty.or(z.coerce.number().int().optional()).catch(undefined),
  after: z.coerce.number().int().catch(0),
});
const collectionSchema = z.object({
  find: z.string().catch(''),
  page: z.coerce.number().int().min(1).catch(1),
});

export interface InspectorServices {
  readonly world: World;
  readonly control: EmulatorControl;
}

type View = (services: InspectorServices, request: FastifyRequest, reply: FastifyReply) => string | undefined;

const views: readonly (readonly [string, View])[] = [
  [
    inspectorPaths.home,
    ({ world, control }) => tenantsPage([...world.tenants.values()], control.settings, control.faults),
  ],
  [inspectorPaths.requests, viewRequests],
  [inspectorPaths.newRequests, viewNewRequests],
  [inspectorPaths.collection(':tenant', ':collection'), viewCollection],
  [`${inspectorPaths.collection(':tenant', ':collection')}/:id`, viewRecord],
];

/** Pages on which a person sees the tenants' state and the request log; nothing can be changed there. */
export function registerInspector(app: FastifyInstance, services: InspectorServices, controlKey: string): void {
  const entrance = new Entrance(controlKey);
  for (const [url, view] of views) {
    app.get(url, (request, reply) => {
      reply.headers(SAFE).type('text/html; charset=utf-8');
      if (!entrance.isOpenFor(request)) return reply.code(401).send(entrancePage(false));
      const page = view(services, request, reply);
      return page === undefined ? reply.code(404).send(notFound()) : reply.send(page);
    });
  }
  app.post(inspectorPaths.entrance, (request, reply) => enter(entrance, request, reply));
  serveFile(app, inspectorPaths.style, 'inspector.css', 'text/css; charset=utf-8');
  serveFile(app, inspectorPaths.script, 'inspector.js', 'text/javascript; charset=utf-8');
}

function serveFile(app: FastifyInstance, url: string, name: string, type: string): void {
  let text: string | undefined;
  app.get(url, (_, reply) => {
    text ??= readFileSync(join(import.meta.dirname, name), 'utf8');
    return reply.headers(SAFE).type(type).send(text);
  });
}

function enter(entrance: Entrance, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  const cookie = entrance.cookieFor(new URLSearchParams(body).get('key') ?? '');
  reply.headers(SAFE);
  if (cookie === undefined) return reply.code(403).type('text/html; charset=utf-8').send(entrancePage(true));
  return reply.code(303).headers({ 'set-cookie': cookie, location: inspectorPaths.home }).send();
}

function notFound(): string {
  return inspectorPage('Not there', html`<h1>Not there</h1><p>It may have been deleted meanwhile.</p>`, 'tenants');
}

function viewRequests({ world, control }: InspectorServices, { query }: FastifyRequest): string {
  const { after: _, ...filter } = filterSchema.parse(query);
  const list = { requests: control.requests(filter), applicationName: namesIn(world) };
  return requestsPage(list, filter, control.requestCount);
}

function viewNewRequests(
  { world, control }: InspectorServices,
  { query }: FastifyRequest,
  reply: FastifyReply,
): string {
  reply.header('x-latest', String(control.requestCount));
  return requestRows({ requests: control.requests(filterSchema.parse(query)), applicationName: namesIn(world) });
}

function namesIn({ tenants }: World): ApplicationNames {
  return (appId) =>
    findFirstPartyClient(appId)?.displayName ??
    [...tenants.values()]
      .map((tenant) => textOf(tenant.applications.find('appId', appId)?.properties['displayName']))
      .find((name) => name !== undefined);
}

function paramsOf(request: FastifyRequest): Readonly<Record<string, string>> {
  return request.params as Record<string, string>;
}

function viewCollection({ world }: InspectorServices, request: FastifyRequest): string | undefined {
  const { tenant: tenantId = '', collection: name = '' } = paramsOf(request);
  const tenant = world.tenants.get(tenantId);
  const collection = tenant?.collections.get(name);
  if (tenant === undefined || collection === undefined) return undefined;
  return collectionPage(tenant, name, collection, collectionSchema.parse(request.query));
}

function viewRecord({ world }: InspectorServices, request: FastifyRequest): string | undefined {
  const { tenant: tenantId = '', collection: name = '', id = '' } = paramsOf(request);
  const tenant = world.tenants.get(tenantId);
  const value = tenant?.collections.get(name)?.get(id);
  return tenant === undefined || value === undefined ? undefined : recordPage(tenant, name, value);
}
