import { sha256 } from '../../secrets.ts';
import type { DeviceCodeRecord } from '../../store/records.ts';
import { authenticateClient } from '../authenticateClient.ts';
import { checkMaySignIn } from '../authenticateUser.ts';
import { findClient, isPublicClient } from '../clients.ts';
import { issueUserTokens, type TokenAnswer } from '../issueTokens.ts';
import { SignInError } from '../SignInError.ts';
import type { SignInServices } from '../SignInServices.ts';
import { parseScopes } from '../scopes.ts';
import { declaresCp1, getField, type TokenRequest } from '../TokenRequest.ts';
import { resolveTenant } from '../tenants.ts';

/** A poll of a client that waits for its user to type the code. */
export async function deviceCodeGrant(services: SignInServices, request: TokenRequest): Promise<TokenAnswer> {
  const { world } = services;
  const { form, origin } = request;
  const named = resolveTenant(world, request.tenantName);
  const client = findClient(world, named, getField(form, 'client_id'));
  const proof = await authenticateClient(request, client, named);
  if (proof === 'public' && !isPublicClient(client)) throw new SignInError(7000218);
  const code = world.deviceCodes.get(sha256(form.get('device_code') ?? form.get('code') ?? ''));
  if (code === undefined || code.clientId !== client.appId) throw new SignInError(70018);
  checkGranted(code, request.now);
  const tenant = world.tenants.get(code.tenantId ?? '');
  const user = tenant?.users.get(code.userId ?? '');
  if (tenant === undefined || user === undefined) throw new SignInError(70018);
  checkMaySignIn(user);
  const requested = parseScopes(code.scopes.join(' '), { tenant, origin, cloud: services.settings().cloud });
  const hasCp1 = declaresCp1(form);
  const answer = await issueUserTokens(services, { tenant, user, client, proof, requested, origin, hasCp1 });
  world.transaction(() => world.deviceCodes.put({ ...code, state: 'redeemed' }));
  return answer;
}

function checkGranted(code: DeviceCodeRecord, now: Date): void {
  if (code.expiresAt < now.getTime()) throw new SignInError(70019);
  if (code.state === 'declined') throw new SignInError(70017);
  if (code.state === 'pending') throw new SignInError(70016);
  if (code.state === 'redeemed') throw new SignInError(54005);
}
