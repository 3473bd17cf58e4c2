import type * as graph from '@microsoft/microsoft-graph-types';
import { findCatalogSku } from '../../seed/skuCatalog.ts';
import type { DomainRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { derivedId } from '../directory-objects/derivedId.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import type { WireOf } from '../odata/WireOf.ts';
import { mailExchanger } from './mailExchanger.ts';
import { getVisibleDomain } from './readDomains.ts';

const TTL = 3600;

interface ServiceRecord {
  readonly label: string;
  readonly recordType: 'Mx' | 'Txt' | 'CName' | 'Srv';
  readonly fields: WireOf<
    Omit<
      graph.DomainDnsMxRecord & graph.DomainDnsTxtRecord & graph.DomainDnsCnameRecord & graph.DomainDnsSrvRecord,
      keyof graph.DomainDnsRecord
    >
  >;
}

const cname = (label: string, canonicalName: string): ServiceRecord => ({
  label,
  recordType: 'CName',
  fields: { canonicalName },
});

const srv = (service: string, protocol: string, nameTarget: string, port: number): ServiceRecord => ({
  label: `${service}.${protocol}`,
  recordType: 'Srv',
  fields: { nameTarget, port, priority: 100, protocol, service, weight: 1 },
});

/** Source: the records that Microsoft 365 asks for, as the Domain Connect template and Graph show them. */
const communication: readonly ServiceRecord[] = [
  cname('sip', 'sipdir.online.lync.com'),
  cname('lyncdiscover', 'webdir.online.lync.com'),
  srv('_sip', '_tls', 'sipdir.online.lync.com', 443),
  srv('_sipfederationtls', '_tcp', 'sipfed.online.lync.com', 5061),
];

const deviceManagement: readonly ServiceRecord[] = [
  cname('enterpriseregistration', 'enterpriseregistration.windows.net'),
  cname('enterpriseenrollment', 'enterpriseenrollment.manage.microsoft.com'),
];

function mail(domain: DomainRecord, call: GraphCall): readonly ServiceRecord[] {
  const mailExchange = mailExchanger(domain, call.settings.mailExchangerStyle);
  return [
    { label: '', recordType: 'Mx', fields: { mailExchange, preference: 0 } },
    { label: '', recordType: 'Txt', fields: { text: 'v=spf1 include:spf.protection.outlook.com -all' } },
    cname('autodiscover', 'autodiscover.outlook.com'),
  ];
}

/** GET /domains/{id}/serviceConfigurationRecords: of the services that are switched on for a verified domain. */
export function listServiceRecords(call: GraphCall): GraphAnswer {
  const domain = getVisibleDomain(call);
  const records = domain.isVerified && !domain.isInitial ? recordsOf(domain, call) : [];
  return ok({
    '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#domains('${domain.id}')/serviceConfigurationRecords`,
    value: records,
  });
}

function recordsOf(domain: DomainRecord, call: GraphCall): object[] {
  const { supportedServices } = domain;
  const services: readonly (readonly [string, readonly ServiceRecord[]])[] = [
    ['Email', supportedServices.includes('Email') ? mail(domain, call) : []],
    ['OfficeCommunicationsOnline', supportedServices.includes('OfficeCommunicationsOnline') ? communication : []],
    ['Intune', hasIntune(call.tenant) ? deviceManagement : []],
  ];
  return services.flatMap(([service, records]) =>
    records.map((record) => present(call.tenant, domain, service, record)),
  );
}

/** Nobody switches Intune on for a domain: its records are asked for when the tenant has it. */
function hasIntune(tenant: Tenant): boolean {
  const plans = tenant.skus.values().flatMap((sku) => findCatalogSku(sku.id)?.plans ?? []);
  return plans.some(({ name }) => name.startsWith('INTUNE'));
}

function present(tenant: Tenant, domain: DomainRecord, supportedService: string, record: ServiceRecord): object {
  const { recordType, fields } = record;
  const label = record.label === '' ? domain.id : `${record.label}.${domain.id}`;
  const kind = recordType === 'CName' ? 'Cname' : recordType;
  const id = derivedId(`${tenant.id}/${label}/${recordType}`);
  const common: WireOf<graph.DomainDnsRecord> = {
    id,
    isOptional: false,
    label,
    recordType,
    supportedService,
    ttl: TTL,
  };
  return { '@odata.type': `#microsoft.graph.domainDns${kind}Record`, ...common, ...fields };
}
