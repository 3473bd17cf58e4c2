import { findAddressHolder } from '../../graph/directory-objects/findAddressHolder.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { applyListChange, type ListChange } from '../binding/ListChange.ts';
import { ExchangeError } from '../errors/ExchangeError.ts';

const PREFIX = /^[A-Za-z0-9]+:/;

/**
 * The addresses of a recipient after `EmailAddresses` was given: one primary `SMTP:` and any others. Microsoft
 * documentation: Set-Mailbox, `EmailAddresses`: without a prefix an address is an SMTP one, and the first is primary
 * when no other is marked so.
 */
export function changedAddresses(
  tenant: Tenant,
  owner: { readonly id: string; readonly addresses: readonly string[] },
  change: ListChange,
): readonly string[] {
  const wanted = change.kind === 'replace' ? change.values : withoutLosingPrimary(owner.addresses, change);
  const marked = markPrimary(wanted);
  checkAddresses(tenant, owner.id, marked);
  return marked;
}

/** The addresses after another one was made the primary. */
export function withPrimary(
  tenant: Tenant,
  owner: { readonly id: string; readonly addresses: readonly string[] },
  primary: string,
): readonly string[] {
  const add = [`SMTP:${primary.replace(/^smtp:/i, '')}`];
  return changedAddresses(tenant, owner, { kind: 'change', add, remove: [] });
}

export function primaryOf(addresses: readonly string[]): string {
  return (addresses.find((address) => address.startsWith('SMTP:')) ?? '').slice('SMTP:'.length);
}

function withoutLosingPrimary(
  known: readonly string[],
  change: Extract<ListChange, { kind: 'change' }>,
): readonly string[] {
  const primary = change.add.find((address) => address.startsWith('SMTP:'));
  const demoted = primary === undefined ? known : known.map((address) => address.replace(/^SMTP:/, 'smtp:'));
  const replaced = primary === undefined ? demoted : demoted.filter((address) => keyOf(address) !== keyOf(primary));
  return applyListChange(replaced, { ...change, remove: withoutPrimary(known, change.remove) }, keyOf);
}

function withoutPrimary(known: readonly string[], removed: readonly string[]): readonly string[] {
  const primary = primaryOf(known).toLowerCase();
  if (!removed.some((address) => keyOf(address) === primary)) return removed;
  throw new ExchangeError('refused', { text: `The primary SMTP address "${primaryOf(known)}" can't be removed.` });
}

function markPrimary(addresses: readonly string[]): readonly string[] {
  const prefixed = addresses.map((address) => (PREFIX.test(address) ? address : `smtp:${address}`));
  const primaries = prefixed.filter((address) => address.startsWith('SMTP:'));
  if (primaries.length > 1) {
    throw new ExchangeError('invalid', { text: 'There can be only one primary SMTP address.' });
  }
  if (primaries.length === 1) return prefixed;
  const first = prefixed.findIndex((address) => address.startsWith('smtp:'));
  if (first < 0) throw new ExchangeError('invalid', { text: "The recipient doesn't have a primary SMTP address." });
  return prefixed.map((address, index) => (index === first ? address.replace('smtp:', 'SMTP:') : address));
}

/** What makes two addresses the same: case and the mark of the primary do not count. */
function keyOf(address: string): string {
  return address.replace(/^smtp:/i, '').toLowerCase();
}

function checkAddresses(tenant: Tenant, ownerId: string, addresses: readonly string[]): void {
  const seen = new Set<string>();
  for (const address of addresses) {
    const key = keyOf(address);
    if (seen.has(key)) {
      throw new ExchangeError('duplicateInList', { parameter: 'EmailAddresses', identity: address });
    }
    seen.add(key);
    if (/^smtp:/i.test(address)) checkSmtp(tenant, address);
    if (findAddressHolder(tenant, key, ownerId) !== undefined) throw new ExchangeError('addressTaken', { address });
  }
}

function checkSmtp(tenant: Tenant, address: string): void {
  const smtp = address.slice('smtp:'.length);
  if (!/^[^\s@<>()[\]",;:\\]+@[^\s@]+\.[^\s@.]+$/.test(smtp)) {
    throw new ExchangeError('invalid', { text: `The address "${smtp}" is invalid: it isn't a valid SMTP address.` });
  }
  const domain = smtp.slice(smtp.indexOf('@') + 1);
  if (isAccepted(tenant, domain)) return;
  const text = `You can't use the domain because it's not an accepted domain for your organization. ${domain}`;
  throw new ExchangeError('refused', { text });
}

/** Whether Exchange takes mail for a domain of the tenant. */
export function isAccepted(tenant: Tenant, domain: string): boolean {
  const known = tenant.domains.get(domain.toLowerCase());
  return known?.isVerified === true && (known.isInitial || known.supportedServices.includes('Email'));
}
