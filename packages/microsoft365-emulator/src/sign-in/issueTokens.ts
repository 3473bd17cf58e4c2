import { randomBytes } from 'node:crypto';
import { signInScopes } from '../graph/authorization/permissionCatalog.ts';
import { sha256 } from '../secrets.ts';
import { graphAppId } from '../seed/firstParty.ts';
import type { UserRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { AccessTokens, Claims } from './AccessTokens.ts';
import type { ClientProof } from './authenticateClient.ts';
import { checkPolicies } from './checkPolicies.ts';
import { pairwiseSubject, type TokenBasis, userClaims } from './claims.ts';
import type { Client } from './clients.ts';
import { consentedPermissions, missingPermissions } from './consent.ts';
import { SignInError } from './SignInError.ts';
import type { SignInServices } from './SignInServices.ts';
import type { RequestedScopes } from './scopes.ts';

const REFRESH_TOKEN_MS = 90 * 24 * 3600 * 1000;

export interface UserTokenRequest {
  readonly tenant: Tenant;
  readonly user: UserRecord;
  readonly client: Client;
  readonly proof: ClientProof;
  readonly requested: RequestedScopes;
  readonly origin: string;
  readonly hasCp1: boolean;
  readonly nonce?: string | null;
  /** When the user typed the password; now, unless a refresh token carries it on. */
  readonly authenticatedAt?: number;
}

export type TokenAnswer = Readonly<Record<string, unknown>>;

/** The answer of the token endpoint for a user that has been authenticated, if the client has the consent it needs. */
export async function issueUserTokens(services: SignInServices, request: UserTokenRequest): Promise<TokenAnswer> {
  const { tenant, user, client, proof, requested, hasCp1 } = request;
  checkPolicies(services.settings(), user, client);
  if (missingPermissions(tenant, client, user.id, requested).length > 0) {
    throw new SignInError(65001, { appId: client.appId, name: client.displayName });
  }
  const now = services.world.clock.now();
  const lifetimeSeconds = services.settings().accessTokenSeconds;
  const { resource, audience } = requested;
  const basis: TokenBasis = { tenant, client, proof, resource, audience, lifetimeSeconds, now };
  const permissions = grantedPermissions(request);
  const accessToken = await signAccessToken(services.tokens, basis, userClaims(basis, user, { permissions, hasCp1 }));
  return {
    token_type: 'Bearer',
    scope: permissions.map((name) => scopeText(name, audience, requested)).join(' '),
    expires_in: lifetimeSeconds - 1,
    ext_expires_in: lifetimeSeconds - 1,
    access_token: accessToken,
    ...(requested.signIn.includes('offline_access')
      ? { refresh_token: issueRefreshToken(services, request, now) }
      : {}),
    ...(requested.signIn.includes('openid') ? { id_token: await idToken(services, request, now) } : {}),
    client_info: Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.id })).toString('base64url'),
  };
}

/** An access token in the form of its resource. */
export function signAccessToken(tokens: AccessTokens, { resource }: TokenBasis, claims: Claims): Promise<string> {
  return resource.appId === graphAppId ? tokens.signForGraph(claims) : tokens.sign(claims);
}

/**
 * Permissions are called as the request called them: msal-node finds a token in its cache only by the same names. Source:
 * Microsoft documentation, "OAuth 2.0 device authorization grant" and "OAuth 2.0 authorization code flow", whose examples
 * show either form.
 */
function scopeText(name: string, uri: string, { signIn, namesResource }: RequestedScopes): string {
  return signIn.includes(name) || !namesResource ? name : `${uri}/${name}`;
}

/** The service puts everything that was consented to into the token, not only what was asked for. */
function grantedPermissions({ tenant, client, user, requested }: UserTokenRequest): string[] {
  const consented = consentedPermissions(tenant, client, user.id, requested.resource);
  const known = requested.resource.permissions.map(({ name }) => name);
  const signIn = requested.signIn.filter((name) => name !== 'offline_access');
  const granted = known.filter((name) => consented.has(name) && !signInScopes.has(name));
  return [...granted, ...signIn].sort();
}

function issueRefreshToken(services: SignInServices, request: UserTokenRequest, now: Date): string {
  const token = `1.${randomBytes(48).toString('base64url')}`;
  const { tenant, user, client, requested } = request;
  const { audience, permissions, signIn, isDefault } = requested;
  const scopes = [...signIn, ...(isDefault ? ['.default'] : permissions).map((name) => `${audience}/${name}`)];
  services.world.transaction(() =>
    services.world.refreshTokens.put({
      id: sha256(token),
      tenantId: tenant.id,
      userId: user.id,
      clientId: client.appId,
      scopes: scopes.length > 0 ? scopes : [`${audience}/.default`],
      issuedAt: now.getTime(),
      authenticatedAt: request.authenticatedAt ?? now.getTime(),
      expiresAt: now.getTime() + REFRESH_TOKEN_MS,
    }),
  );
  return token;
}

function idToken(services: SignInServices, request: UserTokenRequest, now: Date): Promise<string> {
  const { tenant, user, client, origin, nonce } = request;
  const iat = Math.floor(now.getTime() / 1000);
  return services.tokens.sign({
    aud: client.appId,
    iss: `${origin}/${tenant.id}/v2.0`,
    iat,
    nbf: iat,
    exp: iat + 3600,
    name: user.properties['displayName'],
    oid: user.id,
    preferred_username: user.properties['userPrincipalName'],
    login_hint: user.properties['userPrincipalName'],
    sub: pairwiseSubject(user.id, client.appId),
    tid: tenant.id,
    ver: '2.0',
    ...(nonce ? { nonce } : {}),
  });
}
