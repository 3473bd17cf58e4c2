import type { AccessTokens, Claims } from '../../sign-in/AccessTokens.ts';
import { type Tenant, textOf } from '../../store/Tenant.ts';
import type { World } from '../../store/World.ts';
import type { ExchangeCaller } from '../ExchangeCaller.ts';
import { Unauthorized } from './Unauthorized.ts';

const EXCHANGE_APP_ID = '00000002-0000-0ff1-ce00-000000000000';
const hosts = [
  'outlook.office365.com',
  'outlook.office.com',
  'outlook.office365.us',
  'outlook-dod.office365.us',
  'outlook.office365.cn',
];
const audiences: ReadonlySet<string> = new Set([
  EXCHANGE_APP_ID,
  ...hosts.flatMap((host) => [`https://${host}`, `https://${host}/`]),
]);

/** Who calls Exchange, by the `Authorization` header; the tenant in the path must be the token's. */
export async function authenticateExchange(
  world: World,
  tokens: AccessTokens,
  request: { readonly authorization: string | undefined; readonly tenant: string },
): Promise<{ caller: ExchangeCaller; tenant: Tenant }> {
  const token = /^Bearer\s+(\S+)$/i.exec(request.authorization ?? '')?.[1];
  if (token === undefined) throw new Unauthorized('2000001', 'No token was presented.');
  const claims = await tokens.verify(token);
  if (claims === undefined) throw new Unauthorized('2000004', 'The token has an invalid signature.');
  if (!audiences.has(String(claims['aud']))) {
    throw new Unauthorized('2000003', `The audience claim value is invalid '${String(claims['aud'])}'.`);
  }
  if (Number(claims['exp']) <= world.clock.milliseconds() / 1000) {
    throw new Unauthorized('2000010', 'The access token has expired.');
  }
  const tenant = world.tenants.get(String(claims['tid']));
  if (tenant === undefined || world.findTenant(request.tenant) !== tenant) {
    throw new Unauthorized('2000008', 'The token is for another organization.');
  }
  return { caller: callerOf(claims), tenant };
}

function callerOf(claims: Claims): ExchangeCaller {
  const isApplication = claims['idtyp'] === 'app';
  const scopes = (textOf(claims['scp']) ?? '').split(' ');
  const name = claims[isApplication ? 'app_displayname' : 'upn'];
  return {
    kind: isApplication ? 'application' : 'user',
    appId: String(claims['appid']),
    objectId: String(claims['oid']),
    name: textOf(name) ?? String(claims['oid']),
    permissions: new Set(isApplication ? listOf(claims['roles']) : scopes),
    roleIds: listOf(claims['wids']),
  };
}

function listOf(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.map(String) : [];
}
