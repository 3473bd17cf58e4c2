import type { Tenant } from '../../store/Tenant.ts';
import type { Recipient } from '../recipients/Recipient.ts';
import { directoryObject } from './directoryObject.ts';
import { distinguishedName } from './distinguishedName.ts';
import { type Shape, texts } from './Shape.ts';

export interface Moments {
  readonly createdAt: number;
  readonly changedAt: number;
}

/** What every kind of recipient shows. */
export function recipientShape(tenant: Tenant, recipient: Recipient, moments: Moments): Shape {
  const { id, name, alias, displayName, primary, addresses, recipientType, recipientTypeDetails } = recipient;
  const isGroup = recipient.kind === 'group';
  return {
    ...directoryObject(tenant, {
      id,
      identity: isGroup ? name : id,
      name,
      distinguishedName: distinguishedName(tenant, name),
      objectClass: ['top', isGroup ? 'group' : 'person'],
      ...moments,
    }),
    Alias: alias,
    DisplayName: displayName,
    PrimarySmtpAddress: primary,
    WindowsEmailAddress: primary,
    EmailAddresses: texts(addresses),
    EmailAddressPolicyEnabled: false,
    ExternalDirectoryObjectId: id,
    RecipientType: recipientType,
    RecipientTypeDetails: recipientTypeDetails,
    LegacyExchangeDN: `/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${id.replaceAll('-', '')}-${alias}`,
    IsDirSynced: isSynced(recipient),
  };
}

/** Whether the object is mastered on premises, so that Exchange cannot change it. */
export function isSynced(recipient: Recipient): boolean {
  if (recipient.kind === 'mailbox') return recipient.user.properties['onPremisesSyncEnabled'] === true;
  return recipient.kind === 'group' && recipient.group.properties['onPremisesSyncEnabled'] === true;
}

/** When a recipient was made and last changed, as far as it is known. */
export function momentsOf(tenant: Tenant, recipient: Recipient): Moments {
  if (recipient.kind === 'mailbox') return recipient.mailbox;
  if (recipient.kind !== 'group') return { createdAt: 0, changedAt: 0 };
  const kept = tenant.exchange.distributionGroups.get(recipient.id);
  const made = Date.parse(String(recipient.group.properties['createdDateTime'] ?? ''));
  const createdAt = Number.isNaN(made) ? 0 : made;
  return kept ?? { createdAt, changedAt: createdAt };
}
