import type { DnsRecord } from '@isthmus/kernel';

/** A domain of the tenant, verified or not. */
export interface OnlineDomain {
  readonly name: string;
  readonly isDefault: boolean;
  /** `….onmicrosoft.com`, which every tenant keeps. */
  readonly isInitial: boolean;
  readonly isVerified: boolean;
  /** False for a name below another domain of the tenant, which is verified with that one. */
  readonly isRoot: boolean;
  /** Microsoft's names: `Email`, `OfficeCommunicationsOnline`, … */
  readonly services: readonly string[];
  readonly authentication: 'managed' | 'federated';
}

/** A record that Microsoft 365 wants for a domain. */
export interface ServiceRecord {
  /** Microsoft's name of the service: `Email`, `OfficeCommunicationsOnline`, `Intune`. */
  readonly service: string;
  readonly isOptional: boolean;
  readonly record: DnsRecord;
}

/** Either record proves who owns the domain. */
export interface OwnershipRecords {
  readonly txt: DnsRecord;
  readonly mx: DnsRecord | undefined;
}

/** Something in the tenant that has a name or an address in a domain. */
export interface DomainUse {
  readonly kind: 'user' | 'group' | 'application' | 'other';
  readonly id: string;
  readonly name: string;
}
