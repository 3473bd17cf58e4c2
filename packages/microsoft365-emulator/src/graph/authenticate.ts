import { graphResource } from '../seed/firstParty.ts';
import type { Settings } from '../settings.ts';
import type { AccessTokens, Claims } from '../sign-in/AccessTokens.ts';
import { isAudienceOf } from '../sign-in/audiences.ts';
import { BACKDATED_S } from '../sign-in/claims.ts';
import { type Cloud, inCloud } from '../sign-in/clouds.ts';
import type { UserRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import { textOf } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import type { Caller } from './Caller.ts';
import type { CatalogName } from './errorCatalog.ts';
import { refusal } from './errors.ts';
import type { GraphError } from './GraphError.ts';

const CHALLENGE =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"';

export interface Authenticated {
  readonly caller: Caller;
  readonly tenant: Tenant;
}

/** Who calls, by the `Authorization` header. */
export async function authenticate(
  { world, tokens, settings }: { readonly world: World; readonly tokens: AccessTokens; readonly settings: Settings },
  authorization: string | undefined,
): Promise<Authenticated> {
  const { cloud } = settings;
  const refused = (name: CatalogName): GraphError => refusedIn(cloud, name);
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw refused('accessTokenEmpty');
  const claims = await tokens.verify(token);
  if (claims === undefined) throw refused('accessTokenInvalid');
  if (!isAudienceOf(graphResource, claims['aud'], { tenant: undefined, cloud })) throw refused('audienceInvalid');
  const seconds = world.clock.milliseconds() / 1000;
  if (Number(claims['exp']) <= seconds) throw refused('accessTokenExpired');
  const tenant = world.tenants.get(String(claims['tid']));
  if (tenant === undefined) throw refused('tenantInvalid');
  const caller = callerOf(claims);
  if (caller.kind === 'application') checkApplication(tenant, caller);
  else checkUser(tenant, caller, claims, settings);
  return { caller, tenant };
}

/** Claims are the same object for the same token, so that a caller is made out once and not at every call. */
const callers = new WeakMap<Claims, Caller>();

/** The caller that a verified token is for. */
export function callerOf(claims: Claims): Caller {
  const known = callers.get(claims);
  if (known !== undefined) return known;
  const caller = readCaller(claims);
  callers.set(claims, caller);
  return caller;
}

function readCaller(claims: Claims): Caller {
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
  throw refusal('identityNotFound');
}

/** A client that understands continuous access evaluation is told at once when the session was ended. */
function checkUser(tenant: Tenant, caller: Caller, claims: Claims, settings: Settings): void {
  const { continuousAccess, revocationDelaySeconds, cloud } = settings;
  const declared = claims['xms_cc'];
  const hasDeclared = Array.isArray(declared) && declared.includes('cp1');
  if (continuousAccess === 'nobody' || (continuousAccess === 'declared' && !hasDeclared)) return;
  const user = tenant.users.get(caller.objectId);
  const validFrom = Date.parse(String(user?.properties['signInSessionsValidFromDateTime'] ?? ''));
  const issuedAt = (Number(claims['iat']) + BACKDATED_S) * 1000;
  const isRevoked = user === undefined || isDisabled(user) || Math.floor(validFrom / 1000) * 1000 > issuedAt;
  const revokedAt = Number.isNaN(validFrom) ? 0 : validFrom;
  if (!isRevoked || tenant.now().getTime() < revokedAt + revocationDelaySeconds * 1000) return;
  throw sessionRevoked(Number.isNaN(validFrom) ? tenant.now().getTime() : validFrom, cloud);
}

function isDisabled(user: UserRecord): boolean {
  return user.properties['accountEnabled'] === false;
}

function sessionRevoked(validFrom: number, cloud: Cloud): GraphError {
  const claims = { access_token: { nbf: { essential: true, value: String(Math.floor(validFrom / 1000)) } } };
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
  const headers = {
    'www-authenticate': `${inCloud(CHALLENGE, cloud)}, error="insufficient_claims", claims="${encoded}"`,
  };
  return refusal('accessTokenRevoked', {}, { headers });
}

function refusedIn(cloud: Cloud, name: CatalogName): GraphError {
  return refusal(name, {}, { headers: { 'www-authenticate': inCloud(CHALLENGE, cloud) } });
}
