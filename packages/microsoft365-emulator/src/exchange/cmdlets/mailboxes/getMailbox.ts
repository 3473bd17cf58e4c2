import { choices, flag, list, type ParameterTable, resultSize, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import type { Rows } from '../../Rows.ts';
import { isLike, type MailboxRecipient } from '../../recipients/Recipient.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { goneMailboxes } from './goneMailboxes.ts';
import { mailboxShape } from './mailboxShape.ts';

const parameters: ParameterTable = {
  Identity: text,
  Anr: text,
  Filter: text,
  RecipientTypeDetails: choices(
    'Microsoft.Exchange.Data.Directory.Recipient.RecipientTypeDetails',
    'UserMailbox',
    'SharedMailbox',
    'RoomMailbox',
    'EquipmentMailbox',
    'DeskMailbox',
    'DiscoveryMailbox',
  ),
  ResultSize: resultSize,
  SortBy: text,
  SoftDeletedMailbox: flag,
  InactiveMailboxOnly: flag,
};

export const getMailbox: Cmdlet = {
  name: 'Get-Mailbox',
  area: 'recipients',
  parameters: { ...parameters, IncludeGrantSendOnBehalfToWithDisplayNames: flag },
  exclusive: [
    ['Identity', 'Anr'],
    ['SoftDeletedMailbox', 'InactiveMailboxOnly'],
  ],
  run: (call) => listMailboxes(call, call.parameters.text('Identity')),
};

export const getExoMailbox: Cmdlet = {
  name: 'Get-EXOMailbox',
  area: 'recipients',
  parameters: {
    ...parameters,
    ExternalDirectoryObjectId: text,
    PrimarySmtpAddress: text,
    Properties: list,
    PropertySets: list,
    UserPrincipalName: text,
  },
  exclusive: [['Identity', 'Anr', 'ExternalDirectoryObjectId', 'PrimarySmtpAddress', 'UserPrincipalName']],
  run: (call) => {
    const names = ['Identity', 'ExternalDirectoryObjectId', 'PrimarySmtpAddress', 'UserPrincipalName'];
    const identity = names.map((name) => call.parameters.text(name)).find((value) => value !== undefined);
    return listMailboxes(call, identity);
  },
};

function listMailboxes(call: CmdletCall, identity: string | undefined): Rows {
  const types = call.parameters.choices('RecipientTypeDetails');
  const mailboxes = mailboxesFor(call, identity);
  const wanted = types === undefined ? mailboxes : mailboxes.filter((one) => types.includes(one.recipientTypeDetails));
  return listing(call, wanted, (mailbox) => mailboxShape(call, mailbox));
}

function mailboxesFor(call: CmdletCall, identity: string | undefined): MailboxRecipient[] {
  const candidates = livingOrGone(call, identity);
  if (identity !== undefined && candidates.length === 0) throw new ExchangeError('targetNotFound', { identity });
  const anr = call.parameters.text('Anr');
  return anr === undefined ? candidates : candidates.filter((mailbox) => isLike(mailbox, anr));
}

function livingOrGone(call: CmdletCall, identity: string | undefined): MailboxRecipient[] {
  const isInactive = call.parameters.flag('InactiveMailboxOnly') === true;
  if (isInactive || call.parameters.flag('SoftDeletedMailbox') === true) {
    return goneMailboxes(call.tenant, isInactive ? 'inactive' : 'softDeleted', identity);
  }
  const recipients = new Recipients(call);
  if (identity === undefined) return recipients.mailboxes();
  return recipients.find(identity, 'mailbox');
}
