import { DomainError, isDomainError, type OnlineAccountId, parseOnlineAccountId } from '@isthmus/kernel';
import { z } from 'zod';
import type { Mailbox, MailboxChanges, MailRecipient } from '../Mailbox.ts';
import type { CallOptions, Mailboxes } from '../ports.ts';
import type { ExchangeRow, ExchangeTransport } from './ExchangeTransport.ts';

const SMTP = /^smtp:/i;

const mailboxRow = z.object({
  ExternalDirectoryObjectId: z.string().transform(parseOnlineAccountId),
  RecipientTypeDetails: z.string(),
  PrimarySmtpAddress: z.string(),
  EmailAddresses: z.array(z.string()),
  HiddenFromAddressListsEnabled: z.boolean().nullish(),
  ForwardingAddress: z.string().nullish(),
  ForwardingSmtpAddress: z.string().nullish(),
  DeliverToMailboxAndForward: z.boolean().nullish(),
});
type MailboxRow = z.output<typeof mailboxRow>;

const recipientRow = z.object({
  ExternalDirectoryObjectId: z.string().nullish(),
  DisplayName: z.string().nullish(),
  Name: z.string().nullish(),
  RecipientTypeDetails: z.string(),
});

function kindOf(details: string): Mailbox['kind'] {
  if (details === 'UserMailbox') return 'regular';
  return details === 'SharedMailbox' ? 'shared' : 'other';
}

function mailboxOf(row: MailboxRow): Mailbox {
  const smtp = row.EmailAddresses.filter((address) => SMTP.test(address)).map((address) => address.slice(5));
  const primary = row.PrimarySmtpAddress;
  return {
    id: row.ExternalDirectoryObjectId,
    kind: kindOf(row.RecipientTypeDetails),
    primaryAddress: primary,
    aliases: smtp.filter((address) => address.toLowerCase() !== primary.toLowerCase()),
    hidden: row.HiddenFromAddressListsEnabled ?? false,
    // A recipient wins over an address where both are set.
    forwardTo: row.ForwardingAddress ?? row.ForwardingSmtpAddress?.replace(SMTP, '') ?? undefined,
    keepsForwarded: row.DeliverToMailboxAndForward ?? false,
  };
}

/** Addresses as the service takes them: the primary one is marked by capitals. */
function emailAddresses(row: MailboxRow, primary: string, aliases: readonly string[]): string[] {
  const others = row.EmailAddresses.filter((address) => !SMTP.test(address));
  const further = aliases.filter((address) => address.toLowerCase() !== primary.toLowerCase());
  return [`SMTP:${primary}`, ...further.map((address) => `smtp:${address}`), ...others];
}

function missing(): DomainError {
  return new DomainError({
    code: 'online.mailbox-missing',
    message: 'The account has no mailbox, or not yet.',
    remedy: 'Assign a license with Exchange; a mailbox appears some minutes after that.',
  });
}

/** Mailboxes by the cmdlets of Exchange Online. */
export class ExchangeMailboxes implements Mailboxes {
  readonly #transport: ExchangeTransport;

  constructor(transport: ExchangeTransport) {
    this.#transport = transport;
  }

  async find(id: OnlineAccountId, options: CallOptions): Promise<Mailbox | undefined> {
    const row = await this.#row(id, options);
    return row && mailboxOf(row);
  }

  async setAddresses(
    id: OnlineAccountId,
    { primary, aliases }: { readonly primary: string; readonly aliases: readonly string[] },
    options: CallOptions,
  ): Promise<Mailbox> {
    const before = await this.#demand(id, options);
    const parameters = { Identity: id, EmailAddresses: emailAddresses(before, primary, aliases) };
    await this.#transport.run({ cmdlet: 'Set-Mailbox', parameters, purpose: 'change the e-mail addresses' }, options);
    // Reading back lags by up to minutes; no error means that it was taken.
    return { ...mailboxOf(before), primaryAddress: primary, aliases: [...aliases] };
  }

  async change(id: OnlineAccountId, changes: MailboxChanges, options: CallOptions): Promise<Mailbox> {
    const before = mailboxOf(await this.#demand(id, options));
    const { kind, hidden, forwardTo, keepsForwarded } = changes;
    const parameters = {
      Identity: id,
      ...(kind === undefined ? {} : { Type: kind === 'shared' ? 'Shared' : 'Regular' }),
      ...(hidden === undefined ? {} : { HiddenFromAddressListsEnabled: hidden }),
      // The other way of forwarding would win over this one.
      ...(forwardTo === undefined ? {} : { ForwardingSmtpAddress: forwardTo, ForwardingAddress: null }),
      ...(keepsForwarded === undefined ? {} : { DeliverToMailboxAndForward: keepsForwarded }),
    };
    await this.#transport.run({ cmdlet: 'Set-Mailbox', parameters, purpose: 'change the mailbox' }, options);
    return {
      ...before,
      kind: kind ?? before.kind,
      hidden: hidden ?? before.hidden,
      forwardTo: forwardTo === undefined ? before.forwardTo : (forwardTo ?? undefined),
      keepsForwarded: keepsForwarded ?? before.keepsForwarded,
    };
  }

  async findRecipient(address: string, options: CallOptions): Promise<MailRecipient | undefined> {
    const filter = `EmailAddresses -eq 'smtp:${address.replaceAll("'", "''")}'`;
    const rows = await this.#transport.run(
      { cmdlet: 'Get-Recipient', parameters: { Filter: filter, ResultSize: 1 }, purpose: 'look for an e-mail address' },
      options,
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    const { ExternalDirectoryObjectId: id, DisplayName, Name, RecipientTypeDetails: kind } = recipientRow.parse(row);
    return { id: id?.toLowerCase() || undefined, displayName: DisplayName || Name || address, kind };
  }

  async #row(id: OnlineAccountId, options: CallOptions): Promise<MailboxRow | undefined> {
    const rows = await this.#transport
      .run({ cmdlet: 'Get-Mailbox', parameters: { Identity: id }, purpose: 'read the mailbox' }, options)
      .catch((error: unknown): readonly ExchangeRow[] => {
        if (isDomainError(error, 'online.mailbox-missing')) return [];
        throw error;
      });
    const found = rows.map((row) => mailboxRow.parse(row));
    // An identity that fits nobody may answer everybody.
    return found.find((row) => row.ExternalDirectoryObjectId === id);
  }

  async #demand(id: OnlineAccountId, options: CallOptions): Promise<MailboxRow> {
    const row = await this.#row(id, options);
    if (row === undefined) throw missing();
    return row;
  }
}
