import { createHash } from 'node:crypto';
import type { AcceptedDomainRecord } from '../../../store/exchangeRecords.ts';
import type { DomainRecord } from '../../../store/records.ts';
import type { Tenant } from '../../../store/Tenant.ts';
import { choice, flag, resultSize, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import { noRows } from '../../Rows.ts';
import { isAccepted } from '../../recipients/addresses.ts';
import { directoryObject } from '../../shapes/directoryObject.ts';
import { configurationName } from '../../shapes/distinguishedName.ts';
import type { Shape } from '../../shapes/Shape.ts';

const switchNames = [
  'MatchSubDomains',
  'OutboundOnly',
  'SendingFromDomainDisabled',
  'SendingToDomainDisabled',
] as const;

export const getAcceptedDomain: Cmdlet = {
  name: 'Get-AcceptedDomain',
  area: 'organization',
  parameters: { Identity: text, ResultSize: resultSize },
  run: (call) => {
    const { tenant, parameters } = call;
    const all = tenant.domains.visibleValues().filter(({ id }) => isAccepted(tenant, id));
    const domains = parameters.text('Identity') === undefined ? all : [getDomain(call)];
    return listing(call, domains, (domain) => acceptedDomainShape(tenant, domain));
  },
};

export const setAcceptedDomain: Cmdlet = {
  name: 'Set-AcceptedDomain',
  area: 'organization',
  parameters: {
    Identity: text,
    DomainType: choice(
      'Microsoft.Exchange.Data.Directory.SystemConfiguration.AcceptedDomainType',
      'Authoritative',
      'InternalRelay',
    ),
    ...Object.fromEntries(switchNames.map((name) => [name, flag])),
  },
  mandatory: ['Identity'],
  run: (call) => {
    const known = acceptedDomain(call.tenant, getDomain(call));
    const switches = Object.fromEntries(
      switchNames.map((name) => [name, call.parameters.flag(name) ?? known.switches[name] ?? false]),
    );
    const domainType = (call.parameters.text('DomainType') ?? known.domainType) as AcceptedDomainRecord['domainType'];
    if (switches['MatchSubDomains'] === true && domainType !== 'InternalRelay') {
      throw new ExchangeError('invalid', { text: 'MatchSubDomains can be true only for an InternalRelay domain.' });
    }
    const changedAt = call.tenant.now().getTime();
    call.change(() => call.tenant.exchange.acceptedDomains.put({ ...known, domainType, switches, changedAt }));
    return noRows;
  },
};

function getDomain({ tenant, parameters }: CmdletCall): DomainRecord {
  const identity = parameters.text('Identity') ?? '';
  const domain = tenant.domains.get(identity.toLowerCase());
  if (domain === undefined || !isAccepted(tenant, domain.id)) throw new ExchangeError('targetNotFound', { identity });
  return domain;
}

function acceptedDomain(tenant: Tenant, { id }: DomainRecord): AcceptedDomainRecord {
  const changedAt = Date.parse(tenant.record.createdDateTime);
  const fresh = { id, guid: guidFor(tenant, id), domainType: 'Authoritative' as const, changedAt, switches: {} };
  return tenant.exchange.acceptedDomains.get(id) ?? fresh;
}

/** An id that stays the same for a domain that nobody changed anything about yet. */
function guidFor(tenant: Tenant, domain: string): string {
  const hex = createHash('sha1').update(`${tenant.id}/${domain}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function acceptedDomainShape(tenant: Tenant, domain: DomainRecord): Shape {
  const { guid, domainType, switches, changedAt } = acceptedDomain(tenant, domain);
  return {
    ...directoryObject(tenant, {
      id: guid,
      identity: domain.id,
      name: domain.id,
      distinguishedName: configurationName(tenant, 'Accepted Domains', domain.id),
      objectClass: ['top', 'msExchAcceptedDomain'],
      createdAt: Date.parse(tenant.record.createdDateTime),
      changedAt,
    }),
    DomainName: domain.id,
    DomainType: domainType,
    Default: domain.isDefault,
    InitialDomain: domain.isInitial,
    MatchSubDomains: switches['MatchSubDomains'] ?? false,
    OutboundOnly: switches['OutboundOnly'] ?? false,
    SendingFromDomainDisabled: switches['SendingFromDomainDisabled'] ?? false,
    SendingToDomainDisabled: switches['SendingToDomainDisabled'] ?? false,
    AddressBookEnabled: true,
    AuthenticationType: domain.authenticationType,
    RawAuthenticationType: domain.authenticationType,
    CanHaveCloudCache: false,
    CatchAllRecipientID: null,
    EmailOnly: false,
    EnableNego2Authentication: false,
    ExternallyManaged: false,
    FederatedOrganizationLink: null,
    IsCoexistenceDomain: false,
    IsDefaultFederatedDomain: false,
    LiveIdInstanceType: 'Business',
    MailFlowRegion: '',
    PendingCompletion: false,
    PendingRemoval: false,
    PerimeterDuplicateDetected: false,
    SmtpDaneStatus: 'Disabled',
    AdminDisplayName: '',
  };
}
