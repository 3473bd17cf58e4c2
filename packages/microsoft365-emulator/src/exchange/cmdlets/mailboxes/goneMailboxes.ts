import { isUserRecord } from '../../../graph/deleted-items/deletedItems.ts';
import { RETENTION_MS } from '../../../store/ExchangeCollections.ts';
import type { MailboxRecord } from '../../../store/exchangeRecords.ts';
import type { UserRecord } from '../../../store/records.ts';
import type { Tenant } from '../../../store/Tenant.ts';
import { type MailboxRecipient, mailboxRecipient } from '../../recipients/Recipient.ts';

/**
 * Mailboxes that lost their license or their user. One that is on hold becomes inactive and stays, the others can be
 * brought back for thirty days.
 */
export function goneMailboxes(
  tenant: Tenant,
  kind: 'softDeleted' | 'inactive',
  identity: string | undefined,
): MailboxRecipient[] {
  const now = tenant.now().getTime();
  const gone = tenant.exchange.mailboxes.values().filter((mailbox) => stateOf(mailbox, now) === kind);
  const recipients = gone.flatMap((mailbox) => {
    const user = formerUser(tenant, mailbox.id);
    return user === undefined ? [] : [mailboxRecipient(user, mailbox)];
  });
  if (identity === undefined) return recipients;
  const wanted = identity.toLowerCase();
  return recipients.filter(({ id, mailbox, primary, user }) =>
    [id, mailbox.exchangeGuid, primary, String(user.properties['userPrincipalName'])].some(
      (known) => known.toLowerCase() === wanted,
    ),
  );
}

function stateOf({ disconnectedAt, litigationHold }: MailboxRecord, now: number): 'softDeleted' | 'inactive' | 'other' {
  if (disconnectedAt === null) return 'other';
  if (litigationHold) return 'inactive';
  return now - disconnectedAt < RETENTION_MS ? 'softDeleted' : 'other';
}

function formerUser(tenant: Tenant, id: string): UserRecord | undefined {
  const deleted = tenant.deletedItems.get(id);
  const restorable = deleted !== undefined && isUserRecord(deleted) ? deleted.value : undefined;
  return tenant.users.get(id) ?? restorable;
}
