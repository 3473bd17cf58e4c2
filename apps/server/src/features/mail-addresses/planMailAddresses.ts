import type { Notice } from '@isthmus/contracts';
import type { Mailbox } from '@isthmus/microsoft365';
import { z } from 'zod';
import { asked, type PlannedAction, type PlannedCommand, subjectOf } from '../commands/index.ts';
import { nameOf, type PersonOrAccount } from '../people/index.ts';
import { refuseRemoved, refuseWithoutAccount } from '../users/index.ts';

export interface MailAddressesRequest {
  readonly primaryAddress: string;
  readonly aliases: readonly string[];
}

export interface MailAddressesFacts {
  /** Undefined = the account has none. */
  readonly mailbox: Mailbox | undefined;
  /** In lower case. */
  readonly verifiedDomains: ReadonlySet<string>;
  /** Who or what has a wanted address already, by the address in lower case; the person is not among them. */
  readonly holders: ReadonlyMap<string, string>;
}

/** Longest part before the @. Source: RFC 5321, 4.5.3.1.1. */
const LONGEST_LOCAL_PART = 64;

function notice(code: string, message: string, remedy: string, field?: string): Notice {
  return { code, message, remedy, ...(field === undefined ? {} : { field }) };
}

function addressProblem(address: string, field: string, facts: MailAddressesFacts): Notice | undefined {
  const [localPart = '', domain = ''] = address.split('@');
  if (!z.email().safeParse(address).success || localPart.length > LONGEST_LOCAL_PART) {
    return notice('mail.address-invalid', `“${address}” is no e-mail address.`, 'Write it as name@example.com.', field);
  }
  if (!facts.verifiedDomains.has(domain.toLowerCase())) {
    const known = [...facts.verifiedDomains].join(', ');
    const remedy = `Use one of: ${known}; or link the domain first.`;
    return notice(
      'online.domain-not-verified',
      `The domain ${domain} is not verified in Microsoft 365.`,
      remedy,
      field,
    );
  }
  const holder = facts.holders.get(address.toLowerCase());
  if (holder === undefined) return undefined;
  return notice('online.address-taken', `${address} belongs to ${holder}.`, 'Choose another address.', field);
}

/** Without repetitions, and without the primary one among the aliases. */
export function wantedAddresses({ primaryAddress, aliases }: MailAddressesRequest) {
  const primary = primaryAddress.trim();
  const seen = new Set([primary.toLowerCase()]);
  const further = aliases
    .map((alias) => alias.trim())
    .filter((alias) => {
      const isNew = !seen.has(alias.toLowerCase());
      seen.add(alias.toLowerCase());
      return isNew;
    });
  return { primary, aliases: further };
}

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one
    .map((each) => each.toLowerCase())
    .toSorted()
    .join() ===
  other
    .map((each) => each.toLowerCase())
    .toSorted()
    .join();

function actionsFor(
  person: PersonOrAccount,
  mailbox: Mailbox,
  wanted: ReturnType<typeof wantedAddresses>,
): PlannedAction[] {
  const isSo = mailbox.primaryAddress === wanted.primary && sameSet(mailbox.aliases, wanted.aliases);
  const online = isSo ? [] : [asked({ type: 'online.set-addresses', ...wanted })];
  // What people see in the directory follows, unless somebody wrote something else there on purpose.
  const { user } = person;
  if (user === undefined || user.protectedAdministrator || user.builtIn) return online;
  const follows = user.mail === undefined || user.mail.toLowerCase() === mailbox.primaryAddress.toLowerCase();
  return follows && user.mail !== wanted.primary
    ? [...online, asked({ type: 'directory.change-user', changes: { mail: wanted.primary } })]
    : online;
}

/**
 * Pure: the addresses online, by Exchange, then the directory's own e-mail property where it was the same before. An
 * address that somebody else has on either side is refused before anything is changed.
 */
export function planMailAddresses(
  person: PersonOrAccount,
  request: MailAddressesRequest,
  facts: MailAddressesFacts,
): PlannedCommand {
  const wanted = wantedAddresses(request);
  const { mailbox } = facts;
  const noMailbox = notice(
    'online.mailbox-missing',
    `${person.online?.upn ?? nameOf(person)} has no mailbox, or not yet.`,
    'Assign a license with Exchange; a mailbox appears some minutes after that.',
  );
  const blocked =
    refuseRemoved(person) ??
    refuseWithoutAccount(person) ??
    (mailbox === undefined ? noMailbox : undefined) ??
    addressProblem(wanted.primary, 'primaryAddress', facts) ??
    wanted.aliases.map((alias) => addressProblem(alias, 'aliases', facts)).find((problem) => problem !== undefined);
  const subject = subjectOf(person);
  if (blocked !== undefined || mailbox === undefined) {
    return { people: [{ subject, person, actions: [], warnings: [], ...(blocked ? { blocked } : {}) }], warnings: [] };
  }
  const lost = [mailbox.primaryAddress, ...mailbox.aliases].filter(
    (address) => ![wanted.primary, ...wanted.aliases].some((each) => each.toLowerCase() === address.toLowerCase()),
  );
  const warnings =
    lost.length === 0
      ? []
      : [
          notice(
            'mail.address-lost',
            `Mail to ${lost.join(', ')} does not arrive any more.`,
            'Keep it as an alias if anybody still writes to it.',
          ),
        ];
  return { people: [{ subject, person, actions: actionsFor(person, mailbox, wanted), warnings }], warnings: [] };
}
