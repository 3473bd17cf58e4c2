import { createHash } from 'node:crypto';
import type { Tenant } from '../../../store/Tenant.ts';
import { text } from '../../binding/ParameterType.ts';
import type { Cmdlet } from '../../Cmdlet.ts';
import { rowsOf } from '../../Rows.ts';
import type { MailboxRecipient } from '../../recipients/Recipient.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { byteSize, guid, int32, localTime, type Shape } from '../../shapes/Shape.ts';

export const getMailboxStatistics: Cmdlet = {
  name: 'Get-MailboxStatistics',
  area: 'recipients',
  parameters: { Identity: text },
  mandatory: ['Identity'],
  run: (call) => {
    const identity = call.parameters.text('Identity') ?? '';
    const mailbox = new Recipients(call).getMailbox(identity, 'mailboxNotFound');
    return rowsOf([mailbox], (one) => statisticsShape(call.tenant, one));
  },
};

const AVERAGE_ITEM = 76_800;

/** Nobody sends mail here: what the usage report says is in the mailbox, else a number of items made from its id. */
function statisticsShape(tenant: Tenant, { displayName, mailbox }: MailboxRecipient): Shape {
  const usage = tenant.directory.usage.get(mailbox.id);
  const itemCount = usage?.itemCount ?? createHash('sha1').update(mailbox.exchangeGuid).digest().readUInt16BE(0) % 4000;
  const bytes = usage?.storageUsedBytes ?? itemCount * AVERAGE_ITEM;
  const lastActivity = usage?.lastActivityDate ?? null;
  return {
    DisplayName: displayName,
    MailboxGuid: guid(mailbox.exchangeGuid),
    MailboxTypeDetail: mailbox.type === 'Regular' ? 'UserMailbox' : `${mailbox.type}Mailbox`,
    ItemCount: int32(itemCount),
    TotalItemSize: byteSize(bytes),
    DeletedItemCount: int32(0),
    TotalDeletedItemSize: byteSize(0),
    LastLogonTime: localTime(lastActivity === null ? null : Date.parse(lastActivity)),
    LastLogoffTime: null,
    IsValid: true,
    Identity: mailbox.exchangeGuid,
  };
}
