import { createHash } from 'node:crypto';
import { sha256 } from '../../secrets.ts';
import type { AuthorizationCodeRecord } from '../../store/records.ts';
import { authenticateClient, type ClientProof } from '../authenticateClient.ts';
import { checkMaySignIn } from '../authenticateUser.ts';
import { type Client, findClient, findRedirectUri } from '../clients.ts';
import { issueUserTokens, type TokenAnswer } from '../issueTokens.ts';
import { SignInError } from '../SignInError.ts';
import type { SignInServices } from '../SignInServices.ts';
import { parseScopes } from '../scopes.ts';
import { declaresCp1, getField, type TokenRequest } from '../TokenRequest.ts';
import { resolveTenant } from '../tenants.ts';

/** The code that the browser brought back is changed into tokens. */
export async function authorizationCodeGrant(services: SignInServices, request: TokenRequest): Promise<TokenAnswer> {
  const { world } = services;
  const { form, origin } = request;
  const named = resolveTenant(world, request.tenantName);
  const code = world.authorizationCodes.get(sha256(getField(form, 'code')));
  if (code === undefined) throw new SignInError(70000, { detail: 'The provided authorization code is not valid.' });
  const tenant = world.tenants.get(code.tenantId);
  const client = findClient(world, named ?? tenant, getField(form, 'client_id'));
  const proof = await authenticateClient(request, client, tenant);
  checkCode(code, client, request);
  checkProof(code, client, proof);
  const user = tenant?.users.get(code.userId);
  if (tenant === undefined || user === undefined) throw new SignInError(70000, { detail: 'The user is gone.' });
  checkMaySignIn(user);
  const requested = parseScopes(code.scopes.join(' '), { tenant, origin, cloud: services.settings().cloud });
  const { nonce } = code;
  world.transaction(() => world.authorizationCodes.put({ ...code, redeemed: true }));
  return issueUserTokens(services, {
    tenant,
    user,
    client,
    proof,
    requested,
    origin,
    hasCp1: declaresCp1(form),
    nonce,
  });
}

function checkCode(code: AuthorizationCodeRecord, client: Client, request: TokenRequest): void {
  if (code.clientId !== client.appId) {
    throw new SignInError(70000, { detail: 'The authorization code was issued to another client.' });
  }
  if (code.redeemed) throw new SignInError(54005);
  if (code.expiresAt < request.now.getTime()) throw new SignInError(70008);
  if (code.redirectUri !== getField(request.form, 'redirect_uri')) {
    throw new SignInError(50011, { redirectUri: request.form.get('redirect_uri') ?? '', appId: client.appId });
  }
  if (code.codeChallenge === null) return;
  const verifier = getField(request.form, 'code_verifier');
  const challenge =
    code.codeChallengeMethod === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  if (challenge !== code.codeChallenge) throw new SignInError(501481);
}

function checkProof(code: AuthorizationCodeRecord, client: Client, proof: ClientProof): void {
  const isPublic = findRedirectUri(client, code.redirectUri)?.isPublic === true;
  if (isPublic && proof !== 'public') throw new SignInError(700025);
  if (!isPublic && proof === 'public') throw new SignInError(7000218);
}
