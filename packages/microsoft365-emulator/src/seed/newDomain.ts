import { createHash } from 'node:crypto';
import type { DomainRecord } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';

type Fresh = Omit<DomainRecord, 'id' | 'isDefault' | 'isInitial' | 'isRoot' | 'isVerified' | 'supportedServices'>;

/** What a domain has from the moment it is added. Its verification code is always the same in a tenant. */
export function newDomain(tenant: Tenant, name: string, createdDateTime = tenant.now().toISOString()): Fresh {
  const digest = createHash('sha256').update(`${tenant.id}/${name}`).digest();
  return {
    verificationCode: String(10_000_000 + (digest.readUInt32BE(0) % 90_000_000)),
    createdDateTime,
    authenticationType: 'Managed',
    passwordValidityPeriodInDays: null,
    passwordNotificationWindowInDays: null,
    forceDeletedAt: null,
  };
}
