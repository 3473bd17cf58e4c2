import { randomBytes, randomInt } from 'node:crypto';
import { sha256 } from '../secrets.ts';
import { findClient } from './clients.ts';
import { formPaths } from './interactive/Outcome.ts';
import type { SignInServices } from './SignInServices.ts';
import { parseScopes } from './scopes.ts';
import { getField, type TokenRequest } from './TokenRequest.ts';
import { resolveTenant } from './tenants.ts';

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 9;

/** The answer of the device code endpoint. */
export function startDeviceCode(services: SignInServices, request: TokenRequest): object {
  const { world } = services;
  const tenant = resolveTenant(world, request.tenantName);
  const client = findClient(world, tenant, getField(request.form, 'client_id'));
  const scope = getField(request.form, 'scope');
  parseScopes(scope, { tenant, origin: request.origin, cloud: services.settings().cloud });
  const deviceCode = randomBytes(48).toString('base64url');
  const userCode = makeUserCode();
  const { deviceCodeSeconds, deviceCodeIntervalSeconds } = services.settings();
  world.transaction(() =>
    world.deviceCodes.put({
      id: sha256(deviceCode),
      userCode,
      tenant: request.tenantName,
      clientId: client.appId,
      scopes: scope.split(/\s+/).filter((name) => name !== ''),
      expiresAt: request.now.getTime() + deviceCodeSeconds * 1000,
      state: 'pending',
      tenantId: null,
      userId: null,
    }),
  );
  const verificationUri = `${request.origin}${formPaths.deviceCode('common')}`;
  return {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: verificationUri,
    expires_in: deviceCodeSeconds,
    interval: deviceCodeIntervalSeconds,
    message: `To sign in, use a web browser to open the page ${verificationUri} and enter the code ${userCode} to authenticate.`,
  };
}

function makeUserCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
