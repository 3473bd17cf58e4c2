import { authenticateClient } from '../authenticateClient.ts';
import { applicationClaims } from '../claims.ts';
import { findClient, getServicePrincipal } from '../clients.ts';
import { signAccessToken, type TokenAnswer } from '../issueTokens.ts';
import { SignInError } from '../SignInError.ts';
import type { SignInServices } from '../SignInServices.ts';
import { parseScopes } from '../scopes.ts';
import { declaresCp1, getField, type TokenRequest } from '../TokenRequest.ts';
import { resolveTenant } from '../tenants.ts';

/** An application signs in as itself. */
export async function clientCredentialsGrant(services: SignInServices, request: TokenRequest): Promise<TokenAnswer> {
  const { world } = services;
  const tenant = resolveTenant(world, request.tenantName);
  if (tenant === undefined) throw new SignInError(90002, { tenant: request.tenantName });
  const client = findClient(world, tenant, getField(request.form, 'client_id'));
  const scope = getField(request.form, 'scope');
  if (!scope.trim().endsWith('/.default')) throw new SignInError(1002012, { scope });
  const { cloud, accessTokenSeconds: lifetimeSeconds } = services.settings();
  const { resource, audience } = parseScopes(scope, { tenant, origin: request.origin, cloud });
  const proof = await authenticateClient(request, client, tenant);
  if (proof === 'public') throw new SignInError(7000218);
  const principal = getServicePrincipal(tenant, client);
  const basis = { tenant, client, proof, resource, audience, lifetimeSeconds, now: request.now };
  const claims = applicationClaims(basis, principal, declaresCp1(request.form));
  return {
    token_type: 'Bearer',
    expires_in: lifetimeSeconds - 1,
    ext_expires_in: lifetimeSeconds - 1,
    access_token: await signAccessToken(services.tokens, basis, claims),
  };
}
