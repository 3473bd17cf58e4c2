import { authenticateClient } from '../authenticateClient.ts';
import { applicationClaims } from '../claims.ts';
import { findClient, getServicePrincipal } from '../clients.ts';
import type { TokenAnswer } from '../issueTokens.ts';
import { SignInError } from '../SignInError.ts';
import type { SignInServices } from '../SignInServices.ts';
import { parseScopes } from '../scopes.ts';
import { getField, type TokenRequest } from '../TokenRequest.ts';
import { resolveTenant } from '../tenants.ts';

/** An application signs in as itself. */
export async function clientCredentialsGrant(services: SignInServices, request: TokenRequest): Promise<TokenAnswer> {
  const { world } = services;
  const tenant = resolveTenant(world, request.tenantName);
  if (tenant === undefined) throw new SignInError(90002, { tenant: request.tenantName });
  const client = findClient(world, tenant, getField(request.form, 'client_id'));
  const scope = getField(request.form, 'scope');
  if (!scope.trim().endsWith('/.default')) throw new SignInError(1002012, { scope });
  const { resource } = parseScopes(scope, tenant, request.origin);
  const proof = await authenticateClient(request, client, tenant);
  if (proof === 'public') throw new SignInError(7000218);
  const principal = getServicePrincipal(tenant, client);
  const lifetimeSeconds = services.settings().accessTokenSeconds;
  const claims = applicationClaims({ tenant, client, proof, resource, lifetimeSeconds, now: request.now }, principal);
  return {
    token_type: 'Bearer',
    expires_in: lifetimeSeconds - 1,
    ext_expires_in: lifetimeSeconds - 1,
    access_token: await services.tokens.sign(claims),
  };
}
