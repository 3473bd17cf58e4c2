import { findClient } from '../clients.ts';
import { declaredPermissions, isConsentAdministrator, mayConsent, missingPermissions } from '../consent.ts';
import { consentPage, messagePage } from '../pages/pages.ts';
import { SignInError } from '../SignInError.ts';
import type { SignInServices } from '../SignInServices.ts';
import { parseScopes } from '../scopes.ts';
import { answerUrl } from './answerUrl.ts';
import { finish } from './finish.ts';
import type { Flow } from './InteractiveFlows.ts';
import { formPaths, type Outcome } from './Outcome.ts';
import type { SignedIn } from './SignedIn.ts';

/** The user is known: asks for consent where it is missing, or goes back to the application. */
export function afterSignIn(services: SignInServices, flow: Flow, signedIn: SignedIn): Outcome {
  const { tenant, user, origin } = signedIn;
  const client = findClient(services.world, tenant, flow.clientId);
  const requested = parseScopes(flow.scope, { tenant, origin, cloud: services.settings().cloud });
  const updated = services.flows.update({ ...flow, signedIn: { tenantId: tenant.id, userId: user.id } });
  const isForEverybody = flow.purpose.kind === 'adminConsent';
  const isAlways = flow.purpose.kind === 'authorize' && flow.purpose.alwaysConsent;
  const missing = missingPermissions(tenant, client, user.id, requested);
  const declared = declaredPermissions(client, requested.resource);
  const asked =
    isForEverybody || isAlways ? [...new Set([...missing, ...requested.permissions, ...declared])] : missing;
  if (asked.length === 0 && !isForEverybody) return finish(services, updated, signedIn);
  const canConsentForEverybody = isConsentAdministrator(tenant, user);
  if (!mayConsent(tenant, user, asked) || (isForEverybody && !canConsentForEverybody)) return refuse(services, updated);
  return {
    kind: 'page',
    html: consentPage({
      action: formPaths.consent(flow.tenantName),
      flow: flow.id,
      application: client.displayName,
      userName: String(user.properties['userPrincipalName']),
      permissions: asked,
      canConsentForEverybody,
      isForEverybody,
    }),
  };
}

function refuse(services: SignInServices, flow: Flow): Outcome {
  services.flows.end(flow);
  const refusal = new SignInError(90094);
  if (flow.purpose.kind !== 'deviceCode') {
    return answerUrl(flow.purpose, { error: refusal.error, error_description: refusal.text });
  }
  const text =
    'This application needs permission to access resources in your organization that only an admin can grant.';
  return { kind: 'page', html: messagePage('Need admin approval', text), status: 403 };
}
