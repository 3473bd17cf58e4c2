import type { DkimRecord } from '../../../store/exchangeRecords.ts';
import type { CmdletCall } from '../../Cmdlet.ts';
import { directoryObject } from '../../shapes/directoryObject.ts';
import { configurationName } from '../../shapes/distinguishedName.ts';
import { int32, localTime, type Shape } from '../../shapes/Shape.ts';
import { cnameTarget, other } from './dkimRecords.ts';

/** DKIM signing of a domain the way Get-DkimSigningConfig shows it. */
export function dkimShape({ tenant, settings }: CmdletCall, record: DkimRecord): Shape {
  const [first, second] = record.selectors;
  const selector = (index: 0 | 1): string => `selector${index + 1}`;
  return {
    ...directoryObject(tenant, {
      id: record.guid,
      identity: record.id,
      name: record.id,
      distinguishedName: configurationName(tenant, 'Hosted Dkim Signing', record.id),
      objectClass: ['top', 'msExchHostedContentFilterConfig'],
      createdAt: record.createdAt,
      changedAt: record.lastChecked,
    }),
    Domain: record.id,
    AdminDisplayName: '',
    Enabled: record.enabled,
    Status: record.status,
    IsDefault: tenant.domains.get(record.id)?.isDefault === true,
    Selector1CNAME: cnameTarget(tenant, settings, record.id, 1),
    Selector1PublicKey: first.publicKey,
    Selector1KeySize: int32(first.size),
    Selector2CNAME: cnameTarget(tenant, settings, record.id, 2),
    Selector2PublicKey: second.publicKey,
    Selector2KeySize: int32(second.size),
    HeaderCanonicalization: record.headerCanonicalization,
    BodyCanonicalization: record.bodyCanonicalization,
    Algorithm: 'RsaSHA256',
    NumberOfBytesToSign: 'All',
    IncludeSignatureCreationTime: true,
    IncludeKeyExpiration: false,
    KeyCreationTime: localTime(record.createdAt),
    LastChecked: localTime(record.lastChecked),
    RotateOnDate: localTime(record.rotateOn),
    SelectorBeforeRotateOnDate: selector(record.active),
    SelectorAfterRotateOnDate: selector(other(record.active)),
  };
}
