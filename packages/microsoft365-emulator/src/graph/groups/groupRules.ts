import type { PropertyValue } from '../../store/records.ts';
import { type Tenant, textOf } from '../../store/Tenant.ts';
import { findAddressHolder } from '../directory-objects/findAddressHolder.ts';
import { invalidValue, objectConflict } from '../errors.ts';

type Wanted = Readonly<Record<string, PropertyValue>>;

const visibilities: readonly PropertyValue[] = ['Public', 'Private', 'HiddenMembership', null];

/** Refuses values that no group may have. */
export function checkGroupValues({ mailNickname, visibility, displayName }: Wanted): void {
  if (displayName === null) throw invalidValue('displayName', 'Group');
  if (mailNickname !== undefined) checkNickname(mailNickname);
  if (visibility !== undefined && !visibilities.includes(visibility)) throw invalidValue('visibility', 'Group');
}

function checkNickname(value: PropertyValue): void {
  const isNickname = typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) && !/[@()\\[\]";:<>,]/.test(value);
  if (!isNickname) throw invalidValue('mailNickname', 'Group');
}

/** Address of a mail-enabled group by its nickname, at the default domain. */
export function groupAddress(tenant: Tenant, mailNickname: string): string {
  return `${mailNickname}@${tenant.defaultDomain}`;
}

/** The nickname of a mail-enabled group is an address, so nobody else may have it. */
export function checkUniqueNickname(tenant: Tenant, value: PropertyValue | undefined, selfId?: string): void {
  const mailNickname = textOf(value);
  if (mailNickname === undefined) return;
  const others = tenant.directory.groups.findAll('mailNickname', mailNickname.toLowerCase());
  const isTaken = others.some(({ id, properties }) => id !== selfId && properties['mailEnabled'] === true);
  if (isTaken) throw objectConflict('mailNickname');
  const holder = findAddressHolder(tenant, groupAddress(tenant, mailNickname), selfId);
  if (holder !== undefined) throw objectConflict('proxyAddresses', holder);
}
