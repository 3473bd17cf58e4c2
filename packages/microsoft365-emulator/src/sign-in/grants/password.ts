import { authenticateClient } from '../authenticateClient.ts';
import { findClient, isPublicClient } from '../clients.ts';
import { issueUserTokens, type TokenAnswer } from '../issueTokens.ts';
import { SignInError } from '../SignInError.ts';
import type { SignInServices } from '../SignInServices.ts';
import { parseScopes } from '../scopes.ts';
import { signInUser } from '../signInUser.ts';
import { declaresCp1, getField, type TokenRequest } from '../TokenRequest.ts';
import { resolveTenant, tenantOfUser } from '../tenants.ts';

/** User name and password sent by the client itself (ROPC). */
export async function passwordGrant(services: SignInServices, request: TokenRequest): Promise<TokenAnswer> {
  const { world } = services;
  const { form, origin } = request;
  const userName = getField(form, 'username');
  const tenant = resolveTenant(world, request.tenantName) ?? tenantOfUser(world, userName);
  const client = findClient(world, tenant, getField(form, 'client_id'));
  const requested = parseScopes(getField(form, 'scope'), { tenant, origin, cloud: services.settings().cloud });
  const proof = await authenticateClient(request, client, tenant);
  if (proof === 'public' && !isPublicClient(client)) throw new SignInError(7000218);
  const place = { appId: client.appId, clientAppUsed: 'Mobile Apps and Desktop clients' } as const;
  const user = signInUser(services, tenant, { userName, password: getField(form, 'password') }, place);
  return issueUserTokens(services, { tenant, user, client, proof, requested, origin, hasCp1: declaresCp1(form) });
}
