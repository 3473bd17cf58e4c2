import type { Tenant } from '../../../store/Tenant.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';

/** Names of groups are unique in the tenant. */
export function checkName(tenant: Tenant, name: string, exceptId?: string): void {
  const others = tenant.exchange.distributionGroups.findAll('name', name.toLowerCase());
  if (others.some(({ id }) => id !== exceptId)) throw new ExchangeError('nameTaken', { name });
}

/** Microsoft documentation: New-DistributionGroup, `Alias`: which characters it may have. */
export function checkAlias(tenant: Tenant, alias: string, exceptId?: string): void {
  if (!/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(alias)) {
    throw new ExchangeError('invalid', { text: `The value "${alias}" of property "Alias" isn't a valid alias.` });
  }
  if (!isTaken(tenant, alias, exceptId)) return;
  const text = `The value "${alias}" of property "Alias" is used by another recipient object. Please specify a unique value.`;
  throw new ExchangeError('refused', { text });
}

/** An alias made of a name that nobody has. */
export function freeAlias(tenant: Tenant, name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9._-]/g, '')
    .replaceAll(/^\.+|\.+$/g, '');
  const stem = plain === '' ? 'group' : plain;
  let alias = stem;
  for (let number = 1; isTaken(tenant, alias); number += 1) alias = `${stem}${number}`;
  return alias;
}

function isTaken(tenant: Tenant, alias: string, exceptId?: string): boolean {
  const groups = tenant.directory.groups.findAll('mailNickname', alias.toLowerCase());
  return groups.some(({ id, properties }) => id !== exceptId && properties['mailEnabled'] === true);
}
