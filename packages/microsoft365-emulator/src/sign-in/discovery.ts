import type { Tenant } from '../store/Tenant.ts';
import { type Cloud, inCloud } from './clouds.ts';

const claims =
  'sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name msgraph_host aud exp iat auth_time acr nonce preferred_username name tid ver at_hash c_hash email'.split(
    ' ',
  );

export interface DiscoveryPlace {
  readonly tenant: Tenant | undefined;
  readonly cloud: Cloud;
}

/** The OpenID Connect discovery document; `common` and `organizations` have a template as issuer. */
export function discoveryDocument(origin: string, tenantName: string, place: DiscoveryPlace): object {
  const { tenant, cloud } = place;
  const at = `${origin}/${tenant?.id ?? tenantName}`;
  return {
    token_endpoint: `${at}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${at}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${origin}/${tenant?.id ?? '{tenantid}'}/v2.0`,
    request_uri_parameter_supported: false,
    userinfo_endpoint: inCloud('https://graph.microsoft.com/oidc/userinfo', cloud),
    authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${at}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${at}/oauth2/v2.0/logout`,
    claims_supported: claims,
    kerberos_endpoint: `${at}/kerberos`,
    tenant_region_scope: tenant === undefined ? null : 'WW',
    cloud_instance_name: inCloud('login.microsoftonline.com', cloud).replace(/^login\./, ''),
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: inCloud('graph.microsoft.com', cloud),
    rbac_url: 'https://pas.windows.net',
  };
}

/** The instance discovery answer: this host is an authority of its own. */
export function instanceDiscovery(origin: string): object {
  const { host, port } = new URL(origin);
  const aliases = [...new Set([host, `localhost:${port}`, `127.0.0.1:${port}`])];
  return {
    tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases }],
  };
}
