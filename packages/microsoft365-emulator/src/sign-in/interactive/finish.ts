import { randomBytes } from 'node:crypto';
import { sha256 } from '../../secrets.ts';
import { findClient } from '../clients.ts';
import { messagePage } from '../pages/pages.ts';
import type { SignInServices } from '../SignInServices.ts';
import { answerUrl } from './answerUrl.ts';
import type { Flow } from './InteractiveFlows.ts';
import type { Outcome } from './Outcome.ts';
import type { SignedIn } from './SignedIn.ts';

const CODE_LIFETIME_MS = 10 * 60_000;

/** Everything was granted: hands over what the browser came for. */
export function finish(services: SignInServices, flow: Flow, signedIn: SignedIn): Outcome {
  services.flows.end(flow);
  const { purpose } = flow;
  if (purpose.kind === 'adminConsent') {
    return answerUrl(purpose, { admin_consent: 'True', tenant: signedIn.tenant.id });
  }
  if (purpose.kind === 'deviceCode') return finishDevice(services, flow, purpose.deviceCodeId, signedIn);
  return finishAuthorize(services, flow, purpose, signedIn);
}

function finishDevice(services: SignInServices, flow: Flow, deviceCodeId: string, { tenant, user }: SignedIn): Outcome {
  const { world } = services;
  const code = world.deviceCodes.get(deviceCodeId);
  if (code?.state !== 'pending') {
    return { kind: 'page', html: messagePage('Sign-in expired', 'Start again on your device.'), status: 400 };
  }
  world.transaction(() => world.deviceCodes.put({ ...code, state: 'granted', tenantId: tenant.id, userId: user.id }));
  const { displayName } = findClient(world, tenant, flow.clientId);
  const text = `You have signed in to the ${displayName} application on your device. You may now close this window.`;
  return { kind: 'page', html: messagePage('You have signed in', text) };
}

function finishAuthorize(
  services: SignInServices,
  flow: Flow,
  purpose: Extract<Flow['purpose'], { kind: 'authorize' }>,
  { tenant, user }: SignedIn,
): Outcome {
  const { world } = services;
  const code = `1.${randomBytes(48).toString('base64url')}`;
  world.transaction(() =>
    world.authorizationCodes.put({
      id: sha256(code),
      tenantId: tenant.id,
      userId: user.id,
      clientId: flow.clientId,
      scopes: flow.scope.split(/\s+/),
      redirectUri: purpose.redirectUri,
      codeChallenge: purpose.codeChallenge,
      codeChallengeMethod: purpose.codeChallengeMethod,
      nonce: purpose.nonce,
      expiresAt: world.clock.milliseconds() + CODE_LIFETIME_MS,
      redeemed: false,
    }),
  );
  const clientInfo = Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.id })).toString('base64url');
  return answerUrl(purpose, { code, client_info: clientInfo, session_state: flow.id.slice(0, 16) });
}
