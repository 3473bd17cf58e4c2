import type { UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { findAddressHolder } from '../directory-objects/findAddressHolder.ts';
import { hasMailbox } from '../licenses/mailboxPlans.ts';

type UserDraft = Omit<UserRecord, 'changed' | 'changeNumber'>;

/** What a user looks like once Exchange knows of the licences: a mailbox brings `mail` and proxy addresses. */
export function grantMailbox(tenant: Tenant, user: UserDraft): UserDraft {
  if (!hasMailbox(user.licenses)) return withoutMailbox(user);
  if (user.properties['mail']) return user;
  const mail = String(user.properties['userPrincipalName']);
  const routing = `${String(user.properties['mailNickname'])}@${tenant.record.initialDomain}`.toLowerCase();
  const isFree = routing !== mail.toLowerCase() && findAddressHolder(tenant, routing) === undefined;
  const proxyAddresses = isFree ? [`SMTP:${mail}`, `smtp:${routing}`] : [`SMTP:${mail}`];
  return { ...user, mailFromMailbox: true, properties: { ...user.properties, mail, proxyAddresses } };
}

/** Takes away what only the mailbox gave. */
export function withoutMailbox(user: UserDraft): UserDraft {
  if (!user.mailFromMailbox) return user;
  return { ...user, mailFromMailbox: false, properties: { ...user.properties, mail: null, proxyAddresses: [] } };
}
