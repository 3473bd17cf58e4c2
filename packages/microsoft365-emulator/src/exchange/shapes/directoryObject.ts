import type { Tenant } from '../../store/Tenant.ts';
import { organizationName } from './distinguishedName.ts';
import { guid, int32, localTime, type Shape, texts, utcTime } from './Shape.ts';

export interface DirectoryObject {
  readonly id: string;
  readonly identity: string;
  readonly name: string;
  readonly distinguishedName: string;
  readonly objectClass: readonly string[];
  readonly createdAt: number;
  readonly changedAt: number;
}

/** What every object of Exchange's directory has. */
export function directoryObject(tenant: Tenant, object: DirectoryObject): Shape {
  const lastClass = object.objectClass.at(-1) ?? 'top';
  return {
    Identity: object.identity,
    Id: object.identity,
    Name: object.name,
    DistinguishedName: object.distinguishedName,
    Guid: guid(object.id),
    ExchangeObjectId: guid(object.id),
    ExchangeVersion: '0.20 (15.0.0.0)',
    ObjectClass: texts(object.objectClass),
    ObjectCategory: `NAMPR01A001.PROD.OUTLOOK.COM/Configuration/Schema/${lastClass}`,
    OrganizationId: `${tenant.record.initialDomain} - ${tenant.record.initialDomain}`,
    OrganizationalUnitRoot: tenant.record.initialDomain,
    OrganizationalUnit: organizationName(tenant),
    OriginatingServer: 'NAMPR01A001DC001.NAMPR01A001.PROD.OUTLOOK.COM',
    DirectoryObjectVersion: int32(1),
    IsValid: true,
    WhenCreated: localTime(object.createdAt),
    WhenCreatedUTC: utcTime(object.createdAt),
    WhenChanged: localTime(object.changedAt),
    WhenChangedUTC: utcTime(object.changedAt),
  };
}
