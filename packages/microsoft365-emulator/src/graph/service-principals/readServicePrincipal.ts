import type { PropertyValue, ServicePrincipalRecord } from '../../store/records.ts';
import { presentSecret } from '../applications/applicationType.ts';
import { servicePrincipalType } from './servicePrincipalType.ts';

/** A property of a service principal as Graph shows it. */
export function readServicePrincipal(principal: ServicePrincipalRecord, name: string): PropertyValue | undefined {
  if (name === 'id') return principal.id;
  if (name === 'appId') return principal.appId;
  if (name === 'passwordCredentials') return principal.passwordCredentials.map((secret) => presentSecret(secret));
  if (name === 'keyCredentials') return [];
  return principal.properties[name] ?? (servicePrincipalType.properties.get(name)?.type.endsWith('s') ? [] : undefined);
}
