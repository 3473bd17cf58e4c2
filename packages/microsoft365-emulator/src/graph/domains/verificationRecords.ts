import type * as graph from '@microsoft/microsoft-graph-types';
import type { DomainRecord } from '../../store/records.ts';
import { derivedId } from '../directory-objects/derivedId.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import type { WireOf } from '../odata/WireOf.ts';
import { getVisibleDomain } from './readDomains.ts';

const TTL = 3600;
/** So low a priority that the host, which does not exist, never gets mail. */
const PREFERENCE = 32_767;

export function verificationTxt({ verificationCode }: DomainRecord): string {
  return `MS=ms${verificationCode}`;
}

export function verificationMx({ verificationCode }: DomainRecord): string {
  return `ms${verificationCode}.msv1.invalid`;
}

/** GET /domains/{id}/verificationDnsRecords: either of the two will do. */
export function listVerificationRecords(call: GraphCall): GraphAnswer {
  const domain = getVisibleDomain(call);
  const { id: label } = domain;
  const common = { isOptional: false, label, supportedService: 'Email', ttl: TTL };
  return ok({
    '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#domains('${label}')/verificationDnsRecords`,
    value: [
      {
        '@odata.type': '#microsoft.graph.domainDnsTxtRecord',
        id: derivedId(`${call.tenant.id}/${label}/verification/TXT`),
        ...common,
        recordType: 'Txt',
        text: verificationTxt(domain),
      } satisfies WireOf<graph.DomainDnsTxtRecord> & { '@odata.type': string },
      {
        '@odata.type': '#microsoft.graph.domainDnsMxRecord',
        id: derivedId(`${call.tenant.id}/${label}/verification/MX`),
        ...common,
        recordType: 'Mx',
        mailExchange: verificationMx(domain),
        preference: PREFERENCE,
      } satisfies WireOf<graph.DomainDnsMxRecord> & { '@odata.type': string },
    ],
  });
}
