import type { ContactRecord } from '../../store/directoryRecords.ts';
import type { MailboxRecord } from '../../store/exchangeRecords.ts';
import type { GroupRecord, Properties, UserRecord } from '../../store/records.ts';

interface RecipientBase {
  readonly id: string;
  readonly name: string;
  readonly alias: string;
  readonly displayName: string;
  /** The primary SMTP address, empty when there is none. */
  readonly primary: string;
  /** `SMTP:`, `smtp:` and other addresses. */
  readonly addresses: readonly string[];
  readonly recipientType: string;
  readonly recipientTypeDetails: string;
}

export interface MailboxRecipient extends RecipientBase {
  readonly kind: 'mailbox';
  readonly user: UserRecord;
  readonly mailbox: MailboxRecord;
}

export interface GroupRecipient extends RecipientBase {
  readonly kind: 'group';
  readonly group: GroupRecord;
}

/** A mail contact or a guest: somebody with an address elsewhere. */
export interface OutsideRecipient extends RecipientBase {
  readonly kind: 'outside';
}

/** Anything that mail can be sent to. */
export type Recipient = MailboxRecipient | GroupRecipient | OutsideRecipient;

/**
 * A user's mailbox. What it is called is worked out when somebody asks: a tenant has very many of them, and most
 * answers are about few.
 */
class UserMailbox implements MailboxRecipient {
  readonly kind = 'mailbox';
  readonly recipientType = 'UserMailbox';
  readonly user: UserRecord;
  readonly mailbox: MailboxRecord;

  constructor(user: UserRecord, mailbox: MailboxRecord) {
    this.user = user;
    this.mailbox = mailbox;
  }

  get id(): string {
    return this.user.id;
  }

  get name(): string {
    return this.user.id;
  }

  get alias(): string {
    return aliasOf(this.user.properties);
  }

  get displayName(): string {
    return displayNameOf(this.user.properties);
  }

  get primary(): string {
    return primaryOf(this.user.properties);
  }

  get addresses(): readonly string[] {
    return addressesOf(this.user.properties);
  }

  get recipientTypeDetails(): string {
    return mailboxTypeDetails(this.mailbox);
  }
}

export function mailboxRecipient(user: UserRecord, mailbox: MailboxRecord): MailboxRecipient {
  return new UserMailbox(user, mailbox);
}

function mailboxTypeDetails({ type }: MailboxRecord): string {
  if (type === 'Regular') return 'UserMailbox';
  // Workspaces and desks are kinds of room and equipment mailboxes to everything that asks for the type.
  if (type === 'Workspace') return 'RoomMailbox';
  return type === 'Desk' ? 'DeskMailbox' : `${type}Mailbox`;
}

export function groupRecipient(group: GroupRecord, name: string, isRoomList: boolean): GroupRecipient {
  const { properties } = group;
  const types = properties['groupTypes'];
  const isUnified = Array.isArray(types) && types.includes('Unified');
  const isSecurity = properties['securityEnabled'] === true;
  const listType = isSecurity ? 'MailUniversalSecurityGroup' : 'MailUniversalDistributionGroup';
  const details = isRoomList ? 'RoomList' : listType;
  return {
    kind: 'group',
    group,
    ...common(group.id, properties),
    name,
    recipientType: isUnified ? 'MailUniversalDistributionGroup' : listType,
    recipientTypeDetails: isUnified ? 'GroupMailbox' : details,
  };
}

export function contactRecipient({ id, properties }: ContactRecord): OutsideRecipient {
  const shared = common(id, properties);
  return { kind: 'outside', ...shared, recipientType: 'MailContact', recipientTypeDetails: 'MailContact' };
}

export function guestRecipient({ id, properties }: UserRecord): OutsideRecipient {
  const shared = common(id, properties);
  return { kind: 'outside', ...shared, recipientType: 'MailUser', recipientTypeDetails: 'GuestMailUser' };
}

function common(id: string, properties: Properties): Omit<RecipientBase, 'recipientType' | 'recipientTypeDetails'> {
  return {
    id,
    name: displayNameOf(properties),
    alias: aliasOf(properties),
    displayName: displayNameOf(properties),
    primary: primaryOf(properties),
    addresses: addressesOf(properties),
  };
}

function aliasOf(properties: Properties): string {
  return String(properties['mailNickname'] ?? '');
}

function displayNameOf(properties: Properties): string {
  return String(properties['displayName'] ?? '');
}

function addressesOf(properties: Properties): readonly string[] {
  const addresses = properties['proxyAddresses'];
  return Array.isArray(addresses) ? addresses.map(String) : [];
}

function primaryOf(properties: Properties): string {
  const primary = addressesOf(properties).find((address) => address.startsWith('SMTP:'));
  return primary?.slice('SMTP:'.length) ?? String(properties['mail'] ?? '');
}

/** Whether a recipient fits a part of a name, as somebody types it who searches: `Anr`. */
export function isLike({ alias, name, displayName, addresses }: Recipient, text: string): boolean {
  const wanted = text.toLowerCase();
  const bare = addresses.map((address) => address.replace(/^\w+:/, ''));
  const words = displayName.split(/\s+/);
  return [alias, name, displayName, ...words, ...bare].some((one) => one.toLowerCase().startsWith(wanted));
}
