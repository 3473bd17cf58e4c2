import { consentToDeclaredRoles } from '../adminConsent.ts';
import { findClient } from '../clients.ts';
import {
  declaredPermissions,
  isConsentAdministrator,
  mayConsent,
  missingPermissions,
  recordConsent,
} from '../consent.ts';
import { messagePage } from '../pages/pages.ts';
import { SignInError } from '../SignInError.ts';
import type { SignInServices } from '../SignInServices.ts';
import { parseScopes } from '../scopes.ts';
import { answerUrl } from './answerUrl.ts';
import { expired } from './continueSignIn.ts';
import { finish } from './finish.ts';
import type { Flow } from './InteractiveFlows.ts';
import type { Outcome } from './Outcome.ts';
import type { SignedIn } from './SignedIn.ts';

/** The user accepted or declined the permissions. */
export function continueConsent(services: SignInServices, form: URLSearchParams, origin: string): Outcome {
  const flow = services.flows.find(form.get('flow') ?? '');
  const tenant = services.world.tenants.get(flow?.signedIn?.tenantId ?? '');
  const user = tenant?.users.get(flow?.signedIn?.userId ?? '');
  if (flow === undefined || tenant === undefined || user === undefined) return expired();
  if (form.get('decision') !== 'accept') return decline(services, flow);
  const signedIn: SignedIn = { tenant, user, origin };
  const canConsent = services.world.plant(() => accept(services, flow, signedIn, form.get('everybody') === 'on'));
  return canConsent ? finish(services, flow, signedIn) : decline(services, flow);
}

function accept(services: SignInServices, flow: Flow, signedIn: SignedIn, everybody: boolean): boolean {
  const { tenant, user, origin } = signedIn;
  const client = findClient(services.world, tenant, flow.clientId);
  const requested = parseScopes(flow.scope, { tenant, origin, cloud: services.settings().cloud });
  const { resource } = requested;
  const isAdminConsent = flow.purpose.kind === 'adminConsent';
  const declared = isAdminConsent ? declaredPermissions(client, resource) : [];
  const missing = missingPermissions(tenant, client, user.id, requested);
  const permissions = [...new Set([...missing, ...requested.permissions, ...requested.signIn, ...declared])];
  const isAdministrator = isConsentAdministrator(tenant, user);
  if (!mayConsent(tenant, user, permissions) || (isAdminConsent && !isAdministrator)) return false;
  const forEverybody = isAdministrator && (everybody || isAdminConsent);
  recordConsent(tenant, { client, user, resource, permissions, forEverybody });
  if (isAdminConsent) consentToDeclaredRoles(tenant, client);
  return true;
}

function decline(services: SignInServices, flow: Flow): Outcome {
  services.flows.end(flow);
  const { purpose } = flow;
  if (purpose.kind !== 'deviceCode') {
    const refusal = new SignInError(65004);
    return answerUrl(purpose, { error: refusal.error, error_description: refusal.text });
  }
  const { world } = services;
  const code = world.deviceCodes.get(purpose.deviceCodeId);
  if (code !== undefined) world.transaction(() => world.deviceCodes.put({ ...code, state: 'declined' }));
  return { kind: 'page', html: messagePage('Sign-in cancelled', 'You may now close this window.') };
}
