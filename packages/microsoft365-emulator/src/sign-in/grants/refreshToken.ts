import { sha256 } from '../../secrets.ts';
import type { RefreshTokenRecord, UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { authenticateClient } from '../authenticateClient.ts';
import { checkMaySignIn } from '../authenticateUser.ts';
import { type Client, findClient } from '../clients.ts';
import { issueUserTokens, type TokenAnswer } from '../issueTokens.ts';
import { noteSignInActivity } from '../noteSignInActivity.ts';
import { SignInError } from '../SignInError.ts';
import type { SignInServices } from '../SignInServices.ts';
import { parseScopes } from '../scopes.ts';
import { declaresCp1, getField, type TokenRequest } from '../TokenRequest.ts';
import { resolveTenant } from '../tenants.ts';

/** New tokens for a user who signed in before. */
export async function refreshTokenGrant(services: SignInServices, request: TokenRequest): Promise<TokenAnswer> {
  const { world } = services;
  const { form, origin } = request;
  const record = world.refreshTokens.get(sha256(getField(form, 'refresh_token')));
  if (record === undefined) throw new SignInError(70000, { detail: 'The provided refresh token is not valid.' });
  const named = resolveTenant(world, request.tenantName);
  const tenant = world.tenants.get(record.tenantId);
  if (tenant === undefined || (named !== undefined && named.id !== tenant.id)) {
    throw new SignInError(70000, { detail: 'The refresh token was issued to another tenant.' });
  }
  const client = findClient(world, tenant, getField(form, 'client_id'));
  if (client.appId !== record.clientId) {
    throw new SignInError(70000, { detail: 'The refresh token was issued to another client.' });
  }
  const proof = await authenticateClient(request, client, tenant);
  requireProof(client, proof);
  const user = checkStillValid(tenant, record, request.now);
  noteSignInActivity(world, tenant, user.id, { isInteractive: false, isSuccessful: true });
  const { cloud } = services.settings();
  const requested = parseScopes(form.get('scope') ?? record.scopes.join(' '), { tenant, origin, cloud });
  const { authenticatedAt } = record;
  return issueUserTokens(services, {
    tenant,
    user,
    client,
    proof,
    requested: { ...requested, signIn: [...new Set([...requested.signIn, 'offline_access'])] },
    origin,
    hasCp1: declaresCp1(form),
    authenticatedAt,
  });
}

/** An application that has only web addresses to answer to must prove who it is. */
function requireProof(client: Client, proof: string): void {
  const isConfidential = client.application?.properties['isFallbackPublicClient'] !== true;
  const publicClient = client.application?.properties['publicClient'];
  const hasNative = JSON.stringify(publicClient ?? {}).includes('://');
  if (client.firstParty === undefined && isConfidential && !hasNative && proof === 'public')
    throw new SignInError(7000218);
}

function checkStillValid(tenant: Tenant, record: RefreshTokenRecord, now: Date): UserRecord {
  if (record.expiresAt < now.getTime()) {
    throw new SignInError(700082, { issued: new Date(record.issuedAt).toISOString() });
  }
  const user = tenant.users.get(record.userId);
  if (user === undefined) throw new SignInError(50034, { user: record.userId, tenantId: tenant.id });
  checkMaySignIn(user);
  const validFrom = String(user.properties['signInSessionsValidFromDateTime'] ?? '');
  if (validFrom !== '' && record.authenticatedAt < Date.parse(validFrom)) {
    throw new SignInError(50173, { issued: new Date(record.issuedAt).toISOString(), validFrom });
  }
  return user;
}
