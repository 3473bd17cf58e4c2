import type { ApplicationRecord, GroupRecord, Properties, UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { findDirectoryObjects } from '../directory-objects/DirectoryObject.ts';
import { listDirectoryObjects } from '../directory-objects/listDirectoryObjects.ts';
import type { GraphAnswer, GraphCall } from '../GraphCall.ts';
import { getVisibleDomain } from './readDomains.ts';

/** Objects whose names, addresses or identifiers lie in a domain. */
export interface DomainReferences {
  readonly users: readonly UserRecord[];
  readonly groups: readonly GroupRecord[];
  readonly applications: readonly ApplicationRecord[];
}

/** Whether an address is one of the domain's; a `SMTP:` before it does not matter. */
export function isAddressIn(address: unknown, domain: string): boolean {
  return typeof address === 'string' && address.toLowerCase().endsWith(`@${domain}`);
}

/** Whether an identifier of an application, such as `https://app.contoso.com`, lies in the domain. */
export function isIdentifierIn(identifier: unknown, domain: string): boolean {
  if (typeof identifier !== 'string' || !URL.canParse(identifier)) return false;
  const { hostname } = new URL(identifier.replace(/^api:/, 'https:'));
  return hostname === domain || hostname.endsWith(`.${domain}`);
}

function listed(value: Properties[string]): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function findReferences(tenant: Tenant, domain: string): DomainReferences {
  const isReferring = ({ userPrincipalName, mail, proxyAddresses }: Properties): boolean =>
    [userPrincipalName, mail, ...listed(proxyAddresses)].some((address) => isAddressIn(address, domain));
  const isIdentified = ({ identifierUris }: Properties): boolean =>
    listed(identifierUris).some((identifier) => isIdentifierIn(identifier, domain));
  return {
    users: tenant.users.values().filter(({ properties }) => isReferring(properties)),
    groups: tenant.directory.groups.values().filter(({ properties }) => isReferring(properties)),
    applications: tenant.applications.values().filter(({ properties }) => isIdentified(properties)),
  };
}

export function countReferences({ users, groups, applications }: DomainReferences): number {
  return users.length + groups.length + applications.length;
}

/** GET /domains/{id}/domainNameReferences */
export function listDomainReferences(call: GraphCall): GraphAnswer {
  const { users, groups, applications } = findReferences(call.tenant, getVisibleDomain(call).id);
  const ids = [...users, ...groups, ...applications].map(({ id }) => id);
  return listDirectoryObjects(call, () => findDirectoryObjects(call.tenant, ids));
}
