import type { PersonOrAccount } from '../../people/index.ts';
import { livingAccount } from '../livingAccount.ts';

export interface LeavingMail {
  readonly primary: string;
  /** False when the primary address is none of the domain, and stays. */
  readonly isNew: boolean;
  readonly aliases: readonly string[];
  /** Addresses that nobody has any more. */
  readonly lost: readonly string[];
  /** The e-mail property of the directory was the primary address that goes. */
  readonly follows: boolean;
}

const isAt = (address: string, domain: string): boolean => address.toLowerCase().endsWith(`@${domain}`);

/** E-mail addresses of a person without those at a domain that is left; undefined when there are none at it. */
export function planLeavingMail(
  person: PersonOrAccount,
  { leave, domain }: { readonly leave?: string | undefined; readonly domain?: string | undefined },
): LeavingMail | undefined {
  const online = livingAccount(person);
  if (online === undefined || leave === undefined || domain === undefined) return undefined;
  const addresses = online.proxyAddresses.filter((address) => /^smtp:/i.test(address));
  const shown = addresses.map((address) => address.slice('smtp:'.length));
  const lost = shown.filter((address) => isAt(address, leave));
  if (lost.length === 0) return undefined;
  const former = addresses.find((address) => address.startsWith('SMTP:'))?.slice('SMTP:'.length) ?? online.upn;
  const primary = isAt(former, leave) ? `${former.slice(0, former.lastIndexOf('@'))}@${domain}` : former;
  const aliases = shown.filter((address) => !isAt(address, leave) && address.toLowerCase() !== primary.toLowerCase());
  const { user } = person;
  const isOurs = user !== undefined && !user.protectedAdministrator && !user.builtIn;
  const follows = isOurs && primary !== former && user.mail?.toLowerCase() === former.toLowerCase();
  return { primary, isNew: primary !== former, aliases, lost, follows };
}
