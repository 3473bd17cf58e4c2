import { hasMailbox } from '../../../graph/licenses/mailboxPlans.ts';
import type { MailboxRecord, MailboxType } from '../../../store/exchangeRecords.ts';
import type { Properties } from '../../../store/records.ts';
import { choice, flag, list, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { noRows } from '../../Rows.ts';
import { changedAddresses, primaryOf, withPrimary } from '../../recipients/addresses.ts';
import type { MailboxRecipient } from '../../recipients/Recipient.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { changedRecipientList } from '../../recipients/recipientLists.ts';
import { isSynced } from '../../shapes/recipientShape.ts';

export const setMailbox: Cmdlet = {
  name: 'Set-Mailbox',
  area: 'recipients',
  parameters: {
    Identity: text,
    EmailAddresses: list,
    PrimarySmtpAddress: text,
    Type: choice(
      'Microsoft.Exchange.Data.Directory.Recipient.ConvertibleMailboxSubType',
      'Regular',
      'Shared',
      'Room',
      'Equipment',
      'Workspace',
      'Desk',
    ),
    ForwardingAddress: text,
    ForwardingSmtpAddress: text,
    DeliverToMailboxAndForward: flag,
    HiddenFromAddressListsEnabled: flag,
    GrantSendOnBehalfTo: list,
    LitigationHoldEnabled: flag,
    Force: flag,
  },
  mandatory: ['Identity'],
  exclusive: [['EmailAddresses', 'PrimarySmtpAddress']],
  run: (call) => {
    const recipient = new Recipients(call).getMailbox(call.parameters.text('Identity') ?? '');
    checkMaster(call, recipient);
    call.change(() => change(call, recipient));
    return noRows;
  },
};

/** What the directory on premises is the master of: addresses and whether address lists show somebody. */
const masteredOnPremises = ['EmailAddresses', 'PrimarySmtpAddress', 'HiddenFromAddressListsEnabled'];

function checkMaster(call: CmdletCall, recipient: MailboxRecipient): void {
  const parameter = masteredOnPremises.find((name) => call.parameters.has(name));
  if (parameter === undefined || !isSynced(recipient)) return;
  throw new ExchangeError('masteredOnPremises', { identity: recipient.name, cmdlet: call.cmdlet, parameter });
}

function change(call: CmdletCall, recipient: MailboxRecipient): void {
  const { tenant } = call;
  const mailbox = changedMailbox(call, recipient);
  tenant.exchange.mailboxes.put(mailbox);
  const properties = changedProperties(call, recipient);
  const isLicensed = hasMailbox(recipient.user.licenses);
  // A mailbox of a type that needs no license keeps its addresses when the license goes.
  const mailFromMailbox = recipient.user.mailFromMailbox && mailbox.type === 'Regular';
  const becomesRegular = mailbox.type === 'Regular' && recipient.mailbox.type !== 'Regular';
  tenant.saveUser({
    ...recipient.user,
    mailFromMailbox: becomesRegular && isLicensed ? true : mailFromMailbox,
    properties: { ...recipient.user.properties, ...properties },
  });
}

function changedMailbox(call: CmdletCall, { mailbox, user }: MailboxRecipient): MailboxRecord {
  const { tenant, parameters, warnings } = call;
  const type = (parameters.text('Type') as MailboxType | undefined) ?? mailbox.type;
  if (type === 'Regular' && mailbox.type !== 'Regular' && !hasMailbox(user.licenses)) {
    warnings.push('The mailbox has no license. It will be disabled after thirty days unless one is assigned.');
  }
  return {
    ...mailbox,
    type,
    changedAt: tenant.now().getTime(),
    ...changedForwarding(call, mailbox),
    grantSendOnBehalfTo:
      changedRecipientList(call, 'GrantSendOnBehalfTo', mailbox.grantSendOnBehalfTo) ?? mailbox.grantSendOnBehalfTo,
    litigationHold: parameters.flag('LitigationHoldEnabled') ?? mailbox.litigationHold,
  };
}

function changedForwarding(
  call: CmdletCall,
  mailbox: MailboxRecord,
): Pick<MailboxRecord, 'forwardingAddress' | 'forwardingSmtpAddress' | 'deliverToMailboxAndForward'> {
  const { parameters } = call;
  const address = parameters.text('ForwardingAddress');
  const smtp = parameters.text('ForwardingSmtpAddress')?.replace(/^smtp:/i, '');
  if (smtp !== undefined && !/^[^\s@]+@[^\s@]+$/.test(smtp)) {
    throw new ExchangeError('badValue', {
      parameter: 'ForwardingSmtpAddress',
      value: smtp,
      typeName: 'Microsoft.Exchange.Data.ProxyAddress',
    });
  }
  const givenAddress = address === undefined ? null : new Recipients(call).getReference(address).id;
  return {
    forwardingAddress: parameters.has('ForwardingAddress') ? givenAddress : mailbox.forwardingAddress,
    forwardingSmtpAddress: parameters.has('ForwardingSmtpAddress')
      ? smtp === undefined
        ? null
        : `smtp:${smtp}`
      : mailbox.forwardingSmtpAddress,
    deliverToMailboxAndForward: parameters.flag('DeliverToMailboxAndForward') ?? mailbox.deliverToMailboxAndForward,
  };
}

function changedProperties(call: CmdletCall, recipient: MailboxRecipient): Properties {
  const { tenant, parameters } = call;
  const hidden = parameters.flag('HiddenFromAddressListsEnabled');
  const shown: Properties = hidden === undefined ? {} : { showInAddressList: !hidden };
  const primary = parameters.text('PrimarySmtpAddress');
  const list = parameters.list('EmailAddresses');
  if (primary === undefined && list === undefined) return shown;
  const addresses =
    primary === undefined
      ? changedAddresses(tenant, recipient, list ?? { kind: 'change', add: [], remove: [] })
      : withPrimary(tenant, recipient, primary);
  return { ...shown, proxyAddresses: [...addresses], mail: primaryOf(addresses) };
}
