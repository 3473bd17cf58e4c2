import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpAnswer } from '../http/HttpAnswer.ts';
import type { HttpServices } from '../http/HttpServices.ts';
import { originOf } from '../http/originOf.ts';
import { serve } from '../http/serve.ts';
import { discoveryDocument, instanceDiscovery } from './discovery.ts';
import { type SignInErrorRow, signInErrors } from './errorCatalog.ts';
import { grantTokens } from './grantTokens.ts';
import { continueConsent } from './interactive/continueConsent.ts';
import { continueSignIn, continueWithNewPassword } from './interactive/continueSignIn.ts';
import { formPaths, type Outcome } from './interactive/Outcome.ts';
import { startAdminConsent, startAuthorize } from './interactive/startAuthorize.ts';
import { startDeviceSignIn } from './interactive/startDeviceSignIn.ts';
import { deviceCodePage, messagePage } from './pages/pages.ts';
import { SignInError } from './SignInError.ts';
import type { SignInServices } from './SignInServices.ts';
import { startDeviceCode } from './startDeviceCode.ts';
import type { TokenRequest } from './TokenRequest.ts';
import { resolveTenant } from './tenants.ts';

const noCache = { 'cache-control': 'no-store, no-cache', pragma: 'no-cache', expires: '-1' };
const discoveryCache = { 'cache-control': 'max-age=86400, private', 'access-control-allow-origin': '*' };
const P3P = 'CP="DSP CUR OTPi IND OTRi ONL FIN"';
const strict = {
  p3p: P3P,
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};
const server = { 'x-ms-ests-server': '2.1.0 - emulator' };
const JSON_TYPE = 'application/json; charset=utf-8';

interface Visit {
  readonly tenant: string;
  readonly origin: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly request: FastifyRequest;
}

type PageHandler = (services: SignInServices, visit: Visit) => Outcome;
type JsonHandler = (services: SignInServices, visit: Visit) => object | Promise<object>;

const pages: readonly (readonly ['GET' | 'POST', string, PageHandler])[] = [
  // What people type by hand from a terminal.
  ['GET', '/devicelogin', () => asPage(deviceCodePage(formPaths.deviceCode('common')))],
  ['GET', '/error', (_, { query }) => explainError(query)],
  ['GET', formPaths.deviceCode(':tenant'), (_, { tenant }) => asPage(deviceCodePage(formPaths.deviceCode(tenant)))],
  [
    'POST',
    formPaths.deviceCode(':tenant'),
    (s, { tenant, form }) => startDeviceSignIn(s, tenant, form.get('otc') ?? ''),
  ],
  ['GET', '/:tenant/oauth2/v2.0/authorize', (s, v) => startAuthorize(s, v.tenant, v.query, v.origin)],
  ['GET', '/:tenant/v2.0/adminconsent', (s, { tenant, query }) => startAdminConsent(s, tenant, query)],
  ['GET', '/:tenant/adminconsent', (s, { tenant, query }) => startAdminConsent(s, tenant, query)],
  ['GET', '/:tenant/oauth2/v2.0/logout', (_, { query }) => logOut(query)],
  ['POST', formPaths.signIn(':tenant'), (s, { form, origin }) => continueSignIn(s, form, origin)],
  ['POST', formPaths.newPassword(':tenant'), (s, { form, origin }) => continueWithNewPassword(s, form, origin)],
  ['POST', formPaths.consent(':tenant'), (s, { form, origin }) => continueConsent(s, form, origin)],
];

const documents: readonly (readonly [string, JsonHandler])[] = [
  ['/common/discovery/instance', (_, { origin }) => instanceDiscovery(origin)],
  ['/:tenant/v2.0/.well-known/openid-configuration', openIdConfiguration],
  ['/:tenant/discovery/v2.0/keys', keySet],
];

const endpoints: readonly (readonly [string, JsonHandler])[] = [
  ['/:tenant/oauth2/v2.0/devicecode', (services, visit) => startDeviceCode(services, tokenRequest(services, visit))],
  ['/:tenant/oauth2/v2.0/token', (services, visit) => grantTokens(services, tokenRequest(services, visit))],
];

/** The sign-in service (Microsoft Entra ID, v2.0 endpoints). */
export function registerSignIn(app: FastifyInstance, services: SignInServices, http: HttpServices): void {
  for (const [method, url, handler] of pages) {
    app.route({ method, url, handler: serve(http, (request) => answerPage(services, handler, request)) });
  }
  for (const [url, handler] of documents) {
    app.get(
      url,
      serve(http, (request) => answerJson(services, handler, request, discoveryCache)),
    );
  }
  for (const [url, handler] of endpoints) {
    app.post(
      url,
      serve(http, (request) => answerJson(services, handler, request, noCache)),
    );
  }
}

async function answerJson(
  services: SignInServices,
  handler: JsonHandler,
  request: FastifyRequest,
  cacheHeaders: Readonly<Record<string, string>>,
): Promise<HttpAnswer> {
  const visit = visitOf(request);
  const traceId = randomUUID();
  const headers = { ...cacheHeaders, ...strict, 'content-type': JSON_TYPE, 'x-ms-request-id': traceId, ...server };
  const given = visit.query.get('client-request-id') ?? visit.form.get('client-request-id') ?? undefined;
  const call = { requestId: traceId, clientRequestId: given, appId: visit.form.get('client_id') ?? undefined };
  try {
    const body = JSON.stringify(await handler(services, visit));
    return { status: 200, headers: { ...headers, 'x-ms-clitelem': '1,0,0,,' }, body, call };
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    const correlationId = given ?? randomUUID();
    const now = services.world.clock.now();
    const body = JSON.stringify(error.body({ traceId, correlationId, now, origin: visit.origin }));
    return { status: error.status, headers: { ...headers, 'x-ms-clitelem': `1,${error.code},0,,` }, body, call };
  }
}

function answerPage(services: SignInServices, handler: PageHandler, request: FastifyRequest): HttpAnswer {
  const outcome = pageOutcome(services, handler, visitOf(request));
  const headers = { ...noCache, ...strict };
  if (outcome.kind === 'redirect') return { status: 302, headers: { ...headers, location: outcome.url } };
  const type = { 'content-type': 'text/html; charset=utf-8' };
  return { status: outcome.status ?? 200, headers: { ...headers, ...type }, body: outcome.html };
}

function pageOutcome(services: SignInServices, handler: PageHandler, visit: Visit): Outcome {
  try {
    return handler(services, visit);
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    return {
      kind: 'page',
      html: messagePage("Sorry, but we're having trouble signing you in.", error.text),
      status: 400,
    };
  }
}

function asPage(html: string): Outcome {
  return { kind: 'page', html };
}

/** Where the `error_uri` of a refusal leads. */
function explainError(query: URLSearchParams): Outcome {
  const code = query.get('code') ?? '';
  const row: SignInErrorRow | undefined = Object.entries(signInErrors).find(([known]) => known === code)?.[1];
  const text = row === undefined ? 'The emulator does not give this code.' : row.text;
  return asPage(messagePage(`AADSTS${code.replaceAll(/\D/g, '')}`, text));
}

function logOut(query: URLSearchParams): Outcome {
  const url = query.get('post_logout_redirect_uri');
  if (url === null || !URL.canParse(url)) return asPage(messagePage('You signed out of your account', ''));
  return { kind: 'redirect', url: new URL(url).href };
}

function openIdConfiguration({ world, settings }: SignInServices, { tenant, origin }: Visit): object {
  return discoveryDocument(origin, tenant, { tenant: resolveTenant(world, tenant), cloud: settings().cloud });
}

function keySet({ world, tokens }: SignInServices, { tenant, origin }: Visit): Promise<object> {
  return tokens.keySet(`${origin}/${resolveTenant(world, tenant)?.id ?? '{tenantid}'}/v2.0`);
}

function visitOf(request: FastifyRequest): Visit {
  const { tenant = 'common' } = request.params as { tenant?: string };
  const [, query = ''] = /\?(.*)$/s.exec(request.url) ?? [];
  const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  return {
    tenant,
    origin: originOf(request),
    query: new URLSearchParams(query),
    form: new URLSearchParams(body),
    request,
  };
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SignInError(9002313);
  }
}

function tokenRequest({ world }: SignInServices, { tenant, form, origin, request }: Visit): TokenRequest {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const [id, secret] = Buffer.from(basic ?? '', 'base64')
    .toString('utf8')
    .split(':', 2)
    .map(decodePart);
  if (basic !== undefined && id !== undefined && !form.has('client_id')) form.set('client_id', id);
  return {
    tenantName: tenant,
    form,
    basicSecret: basic === undefined ? undefined : secret,
    origin,
    now: world.clock.now(),
  };
}
