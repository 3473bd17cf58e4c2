import type { PropertyValue, UserRecord } from '../../store/records.ts';
import { type Tenant, textOf } from '../../store/Tenant.ts';
import { findAddressHolder } from '../directory-objects/findAddressHolder.ts';
import { badRequest, invalidValue, objectConflict } from '../errors.ts';
import { isCloudManaged } from './onPremisesSyncBehavior.ts';

type Wanted = Readonly<Record<string, PropertyValue>>;

// Country codes of ISO 3166-1, which usageLocation has to be one of, are checked by the platform's own list.
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

const policyNames = ['none', 'disablestrongpassword', 'disablepasswordexpiration'];

/** Refuses values that one user may not have, whoever else there is. */
export function checkValues(tenant: Tenant, wanted: Wanted): void {
  const userPrincipalName = wanted['userPrincipalName'];
  if (userPrincipalName !== undefined) checkUserPrincipalName(tenant, userPrincipalName);
  checkMailNickname(wanted['mailNickname']);
  checkImmutableId(wanted['onPremisesImmutableId']);
  checkUsageLocation(wanted['usageLocation']);
  checkMail(wanted['mail']);
  checkPasswordPolicies(wanted['passwordPolicies']);
}

function checkUserPrincipalName(tenant: Tenant, value: PropertyValue): void {
  const name = textOf(value);
  const invalid = (): Error => badRequest('Property userPrincipalName is invalid.');
  if (name === undefined) throw invalid();
  const [local = '', domain = '', ...more] = name.split('@');
  const isWellFormed = /^[A-Za-z0-9'.\-_!#^~]+$/.test(local) && !local.endsWith('.') && !local.startsWith('.');
  if (more.length > 0 || !isWellFormed || local.includes('..') || local.length > 64 || name.length > 113)
    throw invalid();
  if (domain.length > 48) throw invalid();
  const home = tenant.domains.visible(domain.toLowerCase());
  if (home?.isVerified !== true || home.forceDeletedAt) {
    throw badRequest(
      'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    );
  }
}

function checkMailNickname(value: PropertyValue | undefined): void {
  if (typeof value !== 'string') return;
  if (/[@()\\[\]";:<>, ]/.test(value) || /[^\x20-\x7e]/.test(value)) throw invalidValue('mailNickname', 'User');
}

function checkImmutableId(value: PropertyValue | undefined): void {
  if (typeof value === 'string' && /[$_]/.test(value)) throw invalidValue('onPremisesImmutableId', 'User');
}

function checkUsageLocation(value: PropertyValue | undefined): void {
  if (typeof value !== 'string') return;
  if (!/^[A-Z]{2}$/.test(value) || regions.of(value) === undefined) throw invalidValue('usageLocation', 'User');
}

function checkMail(value: PropertyValue | undefined): void {
  if (typeof value === 'string' && !/^[^\s@<>()[\]",;:\\]+@[^\s@]+\.[^\s@.]+$/.test(value)) {
    throw invalidValue('mail', 'User');
  }
}

function checkPasswordPolicies(value: PropertyValue | undefined): void {
  if (typeof value !== 'string') return;
  const names = value.split(',').map((name) => name.trim().toLowerCase());
  if (!names.every((name) => policyNames.includes(name))) throw invalidValue('passwordPolicies', 'User');
}

/** Refuses values that another user has already. */
export function checkUnique(tenant: Tenant, wanted: Wanted, self?: UserRecord): void {
  const other = (index: string, key: string): UserRecord | undefined =>
    tenant.users.findAll(index, key).find((user) => user.id !== self?.id);
  const userPrincipalName = textOf(wanted['userPrincipalName'])?.toLowerCase();
  if (userPrincipalName !== undefined) {
    if (other('userPrincipalName', userPrincipalName) !== undefined) throw objectConflict('userPrincipalName');
    const holder = findAddressHolder(tenant, userPrincipalName, self?.id);
    if (holder !== undefined) throw objectConflict('proxyAddresses', holder);
  }
  const mail = textOf(wanted['mail'])?.toLowerCase();
  if (mail !== undefined) {
    const holder = findAddressHolder(tenant, mail, self?.id);
    if (holder !== undefined) throw objectConflict('proxyAddresses', holder);
  }
  const immutableId = textOf(wanted['onPremisesImmutableId']);
  if (immutableId !== undefined) {
    const holder = other('immutableId', immutableId);
    if (holder !== undefined) throw objectConflict('onPremisesImmutableId', `User_${holder.id}`);
  }
}

/** Properties of a synchronized user that only the synchronization may change. */
const masteredOnPremises: ReadonlySet<string> = new Set([
  'accountEnabled',
  'businessPhones',
  'city',
  'companyName',
  'country',
  'department',
  'displayName',
  'employeeId',
  'faxNumber',
  'givenName',
  'jobTitle',
  'mail',
  'mailNickname',
  'mobilePhone',
  'officeLocation',
  'onPremisesExtensionAttributes',
  'onPremisesImmutableId',
  'otherMails',
  'postalCode',
  'state',
  'streetAddress',
  'surname',
  'userPrincipalName',
]);

export function checkMastership(user: UserRecord, names: readonly string[]): void {
  if (isCloudManaged(user)) return;
  if (!names.some((name) => masteredOnPremises.has(name))) return;
  throw badRequest(
    'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
  );
}

/** `mail` and the proxy addresses that go with it, after `mail` was set. */
export function withMail(user: UserRecord, mail: PropertyValue): Record<string, PropertyValue> {
  const stored = user.properties['proxyAddresses'];
  const known = Array.isArray(stored) ? stored.map(String) : [];
  if (typeof mail !== 'string') return { mail };
  const others = known.filter((address) => address.slice(5).toLowerCase() !== mail.toLowerCase());
  const demoted = others.map((address) => address.replace(/^SMTP:/, 'smtp:'));
  return { mail, proxyAddresses: [`SMTP:${mail}`, ...demoted] };
}
