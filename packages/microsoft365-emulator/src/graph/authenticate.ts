import type { AccessTokens, Claims } from '../sign-in/AccessTokens.ts';
import { BACKDATED_S } from '../sign-in/claims.ts';
import type { UserRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import { textOf } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import type { Caller } from './Caller.ts';
import { GraphError } from './GraphError.ts';

const AUDIENCES = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.com/',
  '00000003-0000-0000-c000-000000000000',
];
const CHALLENGE =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"';

export interface Authenticated {
  readonly caller: Caller;
  readonly tenant: Tenant;
}

/** Who calls, by the `Authorization` header. */
export async function authenticate(
  world: World,
  tokens: AccessTokens,
  authorization: string | undefined,
): Promise<Authenticated> {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw refused('Access token is empty.');
  const claims = await tokens.verify(token);
  if (claims === undefined) throw refused('IDX14100: JWT is not well formed, or its signature could not be validated.');
  if (!AUDIENCES.includes(String(claims['aud']))) throw refused('Access token validation failure. Invalid audience.');
  const seconds = world.clock.milliseconds() / 1000;
  if (Number(claims['exp']) <= seconds) throw refused('Lifetime validation failed, the token is expired.');
  const tenant = world.tenants.get(String(claims['tid']));
  if (tenant === undefined) throw refused('Access token validation failure. Invalid tenant.');
  const caller = callerOf(claims);
  if (caller.kind === 'application') checkApplication(tenant, caller);
  else checkUser(tenant, caller, claims);
  return { caller, tenant };
}

/** The caller that a verified token is for. */
export function callerOf(claims: Claims): Caller {
  const isApplication = claims['idtyp'] === 'app';
  const roles = Array.isArray(claims['roles']) ? claims['roles'].map(String) : [];
  const scopes = (textOf(claims['scp']) ?? '').split(' ').filter((scope) => scope !== '');
  return {
    tenantId: String(claims['tid']),
    appId: String(claims['appid']),
    kind: isApplication ? 'application' : 'user',
    objectId: String(claims['oid']),
    permissions: new Set(isApplication ? roles : scopes),
  };
}

function checkApplication(tenant: Tenant, caller: Caller): void {
  if (tenant.servicePrincipals.get(caller.objectId) !== undefined) return;
  const message = 'The identity of the calling application could not be established.';
  throw new GraphError(403, 'Authorization_IdentityNotFound', message);
}

/** A client that understands continuous access evaluation is told at once when the session was ended. */
function checkUser(tenant: Tenant, caller: Caller, claims: Claims): void {
  const declared = claims['xms_cc'];
  if (!Array.isArray(declared) || !declared.includes('cp1')) return;
  const user = tenant.users.get(caller.objectId);
  const validFrom = Date.parse(String(user?.properties['signInSessionsValidFromDateTime'] ?? ''));
  const issuedAt = (Number(claims['iat']) + BACKDATED_S) * 1000;
  const isRevoked = user === undefined || isDisabled(user) || Math.floor(validFrom / 1000) * 1000 > issuedAt;
  if (isRevoked) throw sessionRevoked(Number.isNaN(validFrom) ? tenant.now().getTime() : validFrom);
}

function isDisabled(user: UserRecord): boolean {
  return user.properties['accountEnabled'] === false;
}

function sessionRevoked(validFrom: number): GraphError {
  const claims = { access_token: { nbf: { essential: true, value: String(Math.floor(validFrom / 1000)) } } };
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
  const message =
    'Continuous access evaluation resulted in claims challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp';
  const headers = { 'www-authenticate': `${CHALLENGE}, error="insufficient_claims", claims="${encoded}"` };
  return new GraphError(401, 'InvalidAuthenticationToken', message, { headers });
}

function refused(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, { headers: { 'www-authenticate': CHALLENGE } });
}
