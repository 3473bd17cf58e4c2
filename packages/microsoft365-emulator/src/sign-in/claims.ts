import { createHash, randomUUID } from 'node:crypto';
import { rolesOf } from '../graph/users/findUser.ts';
import type { ResourceApplication } from '../seed/firstParty.ts';
import type { ServicePrincipalRecord, UserRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { Claims } from './AccessTokens.ts';
import type { ClientProof } from './authenticateClient.ts';
import type { Client } from './clients.ts';

// The service back-dates its tokens by five minutes.
export const BACKDATED_S = 300;
// What `wids` holds when there is no role: a default for applications, one for members.
const APPLICATION_WITHOUT_ROLE = '0997a1d0-0d1d-4acb-b408-d5ca73121e90';
const MEMBER_WITHOUT_ROLE = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

export interface TokenBasis {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly proof: ClientProof;
  readonly resource: ResourceApplication;
  readonly audience: string;
  readonly lifetimeSeconds: number;
  readonly now: Date;
}

const proofLevel = { public: '0', secret: '1', certificate: '2' } as const;

function commonClaims(basis: TokenBasis): Claims {
  const { tenant, client, proof, audience, lifetimeSeconds, now } = basis;
  const iat = Math.floor(now.getTime() / 1000) - BACKDATED_S;
  return {
    aud: audience,
    iss: `https://sts.windows.net/${tenant.id}/`,
    iat,
    nbf: iat,
    exp: iat + BACKDATED_S + lifetimeSeconds,
    aio: randomUUID().replaceAll('-', ''),
    app_displayname: client.displayName,
    appid: client.appId,
    appidacr: proofLevel[proof],
    idp: `https://sts.windows.net/${tenant.id}/`,
    rh: `1.${randomUUID().replaceAll('-', '')}.`,
    tenant_region_scope: 'WW',
    tid: tenant.id,
    uti: randomUUID().replaceAll('-', '').slice(0, 22),
    ver: '1.0',
    xms_tcdt: Math.floor(Date.parse(tenant.record.createdDateTime) / 1000),
  };
}

/** Claims of a token that an application gets for itself. */
export function applicationClaims(basis: TokenBasis, principal: ServicePrincipalRecord, hasCp1: boolean): Claims {
  const { tenant, resource } = basis;
  const resourceId = tenant.servicePrincipals.find('appId', resource.appId)?.id;
  const assigned = tenant.appRoleAssignments
    .findAllVisible('principalId', principal.id)
    .filter((assignment) => assignment.resourceId === resourceId)
    .map((assignment) => assignment.appRoleId);
  const names = resource.permissions
    .filter(({ role }) => role !== null && assigned.includes(role))
    .map(({ name }) => name);
  const wids = rolesOf(tenant, principal.id);
  return {
    ...commonClaims(basis),
    idtyp: 'app',
    oid: principal.id,
    sub: principal.id,
    ...(names.length > 0 ? { roles: names } : {}),
    wids: wids.length > 0 ? wids : [APPLICATION_WITHOUT_ROLE],
    ...(hasCp1 ? { xms_cc: ['cp1'] } : {}),
  };
}

export interface UserTokenDetails {
  readonly permissions: readonly string[];
  readonly hasCp1: boolean;
}

/** Claims of a token by which an application acts for a user. */
export function userClaims(basis: TokenBasis, user: UserRecord, details: UserTokenDetails): Claims {
  const wids = rolesOf(basis.tenant, user.id);
  const onPremisesId = user.properties['onPremisesSecurityIdentifier'];
  return {
    ...commonClaims(basis),
    acr: '1',
    amr: ['pwd'],
    idtyp: 'user',
    ipaddr: '127.0.0.1',
    name: user.properties['displayName'],
    oid: user.id,
    ...(typeof onPremisesId === 'string' ? { onprem_sid: onPremisesId } : {}),
    scp: details.permissions.join(' '),
    sub: pairwiseSubject(user.id, basis.client.appId),
    unique_name: user.properties['userPrincipalName'],
    upn: user.properties['userPrincipalName'],
    wids: [...wids, MEMBER_WITHOUT_ROLE],
    ...(details.hasCp1 ? { xms_cc: ['cp1'] } : {}),
  };
}

/** A subject that is different for each application. */
export function pairwiseSubject(userId: string, appId: string): string {
  return createHash('sha256').update(`${userId}/${appId}`).digest('base64url');
}
