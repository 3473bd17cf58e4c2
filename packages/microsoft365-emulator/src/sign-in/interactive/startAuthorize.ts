import { findClient, findRedirectUri } from '../clients.ts';
import { signInPage } from '../pages/pages.ts';
import { SignInError } from '../SignInError.ts';
import type { SignInServices } from '../SignInServices.ts';
import { parseScopes } from '../scopes.ts';
import { getField } from '../TokenRequest.ts';
import { resolveTenant } from '../tenants.ts';
import { answerUrl } from './answerUrl.ts';
import type { Flow } from './InteractiveFlows.ts';
import { formPaths, type Outcome } from './Outcome.ts';

type AuthorizePurpose = Extract<Flow['purpose'], { kind: 'authorize' }>;

/** A browser arrives to sign in for a client. */
export function startAuthorize(
  services: SignInServices,
  tenantName: string,
  query: URLSearchParams,
  origin: string,
): Outcome {
  const { world, flows } = services;
  const tenant = resolveTenant(world, tenantName);
  const client = findClient(world, tenant, getField(query, 'client_id'));
  const redirectUri = getField(query, 'redirect_uri');
  if (findRedirectUri(client, redirectUri) === undefined) {
    throw new SignInError(50011, { redirectUri, appId: client.appId });
  }
  const purpose = readPurpose(query, redirectUri);
  if (query.get('response_type') !== 'code') {
    return answerUrl(purpose, { error: 'unsupported_response_type', error_description: 'Only code is supported.' });
  }
  const scope = getField(query, 'scope');
  parseScopes(scope, { tenant, origin, cloud: services.settings().cloud });
  if (query.get('prompt') === 'none') {
    const refusal = new SignInError(50058);
    return answerUrl(purpose, { error: refusal.error, error_description: refusal.text });
  }
  const userName = query.get('login_hint') ?? '';
  const flow = flows.start({ tenantName, clientId: client.appId, scope, purpose, userName });
  const action = formPaths.signIn(tenantName);
  return { kind: 'page', html: signInPage({ action, flow: flow.id, application: client.displayName, userName }) };
}

function readPurpose(query: URLSearchParams, redirectUri: string): AuthorizePurpose {
  const mode = query.get('response_mode');
  return {
    kind: 'authorize',
    redirectUri,
    state: query.get('state'),
    responseMode: mode === 'fragment' || mode === 'form_post' ? mode : 'query',
    codeChallenge: query.get('code_challenge'),
    codeChallengeMethod: query.get('code_challenge_method'),
    nonce: query.get('nonce'),
    alwaysConsent: query.get('prompt') === 'consent',
  };
}

/** A browser arrives for an administrator's consent to everything that an application's registration lists. */
export function startAdminConsent(services: SignInServices, tenantName: string, query: URLSearchParams): Outcome {
  const { world, flows } = services;
  const client = findClient(world, resolveTenant(world, tenantName), getField(query, 'client_id'));
  const redirectUri = getField(query, 'redirect_uri');
  if (findRedirectUri(client, redirectUri) === undefined) {
    throw new SignInError(50011, { redirectUri, appId: client.appId });
  }
  const flow = flows.start({
    tenantName,
    clientId: client.appId,
    scope: query.get('scope') ?? 'https://graph.microsoft.com/.default',
    purpose: { kind: 'adminConsent', redirectUri, state: query.get('state') },
    userName: '',
  });
  const action = formPaths.signIn(tenantName);
  return { kind: 'page', html: signInPage({ action, flow: flow.id, application: client.displayName, userName: '' }) };
}
