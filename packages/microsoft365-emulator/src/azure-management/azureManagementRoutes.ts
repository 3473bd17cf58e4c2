import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpAnswer } from '../http/HttpAnswer.ts';
import type { HttpServices } from '../http/HttpServices.ts';
import { serve } from '../http/serve.ts';
import { azureManagementResource } from '../seed/firstParty.ts';
import type { AccessTokens, Claims } from '../sign-in/AccessTokens.ts';
import { isAudienceOf } from '../sign-in/audiences.ts';
import { inCloud } from '../sign-in/clouds.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';

export interface AzureManagementServices {
  readonly world: World;
  readonly tokens: AccessTokens;
}

interface Holder {
  readonly tenant: Tenant;
  readonly claims: Claims;
}

/**
 * As much of Azure's management as its command line asks for when somebody signs in: there are no subscriptions, and
 * the tenant is the one that the token is of.
 */
export function registerAzureManagement(
  app: FastifyInstance,
  services: AzureManagementServices,
  http: HttpServices,
): void {
  app.get(
    '/subscriptions',
    serve(http, (request) => answer(services, http, request, () => [])),
  );
  app.get(
    '/tenants',
    serve(http, (request) => answer(services, http, request, ({ tenant }) => [presentTenant(tenant)])),
  );
}

function presentTenant({ id, record, defaultDomain, domains }: Tenant): object {
  return {
    id: `/tenants/${id}`,
    tenantId: id,
    countryCode: record.countryLetterCode,
    displayName: record.displayName,
    domains: domains
      .values()
      .filter((domain) => domain.isVerified)
      .map((domain) => domain.id),
    tenantCategory: 'Home',
    defaultDomain,
    tenantType: 'AAD',
  };
}

async function answer(
  services: AzureManagementServices,
  http: HttpServices,
  request: FastifyRequest,
  list: (holder: Holder) => object[],
): Promise<HttpAnswer> {
  const requestId = randomUUID();
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-ms-request-id': requestId };
  const holder = await authenticate(services, http, request.headers.authorization);
  if (typeof holder === 'string') {
    const login = inCloud('https://login.microsoftonline.com', http.settings().cloud);
    const challenge = `Bearer authorization_uri="${login}/common", error="invalid_token", error_description="${holder}"`;
    const body = JSON.stringify({ error: { code: 'InvalidAuthenticationToken', message: holder } });
    return { status: 401, headers: { ...headers, 'www-authenticate': challenge }, body, call: { requestId } };
  }
  const value = list(holder);
  const body = JSON.stringify({ value, count: { type: 'Total', value: value.length } });
  return { status: 200, headers, body, call: { requestId, appId: String(holder.claims['appid']) } };
}

async function authenticate(
  { world, tokens }: AzureManagementServices,
  { settings, clock }: HttpServices,
  authorization: string | undefined,
): Promise<Holder | string> {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return "Authentication failed. The 'Authorization' header is missing.";
  const claims = await tokens.verify(token);
  if (claims === undefined) return 'The access token is invalid.';
  const tenant = world.tenants.get(String(claims['tid']));
  const { cloud } = settings();
  if (tenant === undefined || !isAudienceOf(azureManagementResource, claims['aud'], { tenant, cloud })) {
    return 'The access token has been obtained for wrong audience or resource.';
  }
  return Number(claims['exp']) * 1000 <= clock.milliseconds()
    ? 'The access token expiry UTC time is in the past.'
    : { tenant, claims };
}
