import type { Tenant } from '../../store/Tenant.ts';

const FOREST = 'DC=NAMPR01A001,DC=PROD,DC=OUTLOOK,DC=COM';
const HOSTED = 'OU=Microsoft Exchange Hosted Organizations';

export function organizationName(tenant: Tenant): string {
  return `OU=${tenant.record.initialDomain},${HOSTED},${FOREST}`;
}

/** The distinguished name of a recipient. */
export function distinguishedName(tenant: Tenant, name: string): string {
  return `CN=${escapeName(name)},${organizationName(tenant)}`;
}

/** The distinguished name of a piece of configuration, inside its container. */
export function configurationName(tenant: Tenant, container: string, name: string): string {
  return `CN=${escapeName(name)},CN=${container},CN=Configuration,CN=${tenant.record.initialDomain},CN=ConfigurationUnits,${FOREST}`;
}

/** The common name that a distinguished name starts with; undefined when it is not one. */
export function nameInDistinguishedName(text: string): string | undefined {
  const match = /^CN=((?:\\.|[^,\\])+),(?:OU|CN|DC)=/i.exec(text);
  return match?.[1]?.replaceAll(/\\(.)/g, '$1');
}

function escapeName(name: string): string {
  return name.replaceAll(/[,\\+"<>;=]/g, (character) => `\\${character}`);
}
