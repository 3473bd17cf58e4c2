import { type DomainSettings, dnsDomainOf, HOST_NAME, hostDnsNameOf } from './DomainSettings.ts';

export interface SambaConfiguration extends DomainSettings {
  /** Short path of the controller's folder. */
  readonly path: string;
  readonly runFolder: string;
  readonly address: string;
  readonly durable: boolean;
  readonly captureFingerprint: string | undefined;
}

/** The services an LDAP, Kerberos, RPC and DNS controller needs: one process and 50 MB instead of 58 and 170 MB. */
const SERVICES = 'ldap, cldap, kdc, rpc, dns';
const RPC_SERVICES = 'samr, lsarpc, netlogon, epmapper, drsuapi, dssetup, dnsserver';

export function renderSambaConfiguration(configuration: SambaConfiguration): string {
  const { path, runFolder, captureFingerprint } = configuration;
  const settings: Record<string, string> = {
    'netbios name': (configuration.hostName ?? HOST_NAME).toUpperCase(),
    realm: configuration.realm,
    workgroup: configuration.domain,
    'server role': 'active directory domain controller',
    'server services': SERVICES,
    'dcerpc endpoint servers': RPC_SERVICES,
    interfaces: `${configuration.address}/8`,
    'bind interfaces only': 'yes',
    'private dir': `${path}/private`,
    'state directory': `${path}/state`,
    'cache directory': `${path}/cache`,
    'lock directory': path,
    'binddns dir': `${path}/bind-dns`,
    'pid directory': runFolder,
    'ncalrpc dir': `${runFolder}/ncalrpc`,
    'ntp signd socket directory': `${runFolder}/ntp`,
    'winbindd socket directory': `${runFolder}/winbindd`,
    'tls keyfile': `${path}/tls/server.key`,
    'tls certfile': `${path}/tls/server.pem`,
    'tls cafile': `${path}/tls/ca.pem`,
    'load printers': 'no',
    printing: 'bsd',
    'disable spoolss': 'yes',
    'idmap_ldb:use rfc2307': 'yes',
    ...(captureFingerprint === undefined ? {} : { 'password hash gpg key ids': captureFingerprint }),
    ...(configuration.durable ? {} : { 'ldb:nosync': 'yes' }),
  };
  const scripts = `${path}/state/sysvol/${dnsDomainOf(configuration.realm)}/scripts`;
  return [
    '[global]',
    ...Object.entries(settings).map(([name, value]) => `\t${name} = ${value}`),
    '[sysvol]',
    `\tpath = ${path}/state/sysvol`,
    '\tread only = No',
    '[netlogon]',
    `\tpath = ${scripts}`,
    '\tread only = No',
    '',
  ].join('\n');
}

/** Kerberos by TCP only, because the relay to the controller's own network speaks TCP. */
export function renderKerberosConfiguration(realm: string, ports: { kerberos: number; kpasswd: number }): string {
  return `[libdefaults]
\tdefault_realm = ${realm}
\tdns_lookup_realm = false
\tdns_lookup_kdc = false
\tdns_canonicalize_hostname = false
\trdns = false
\tudp_preference_limit = 1
[realms]
\t${realm} = {
\t\tkdc = 127.0.0.1:${ports.kerberos}
\t\tkpasswd_server = 127.0.0.1:${ports.kpasswd}
\t\tadmin_server = 127.0.0.1:${ports.kpasswd}
\t}
[domain_realm]
\t.${dnsDomainOf(realm)} = ${realm}
\t${hostDnsNameOf(realm)} = ${realm}
`;
}
