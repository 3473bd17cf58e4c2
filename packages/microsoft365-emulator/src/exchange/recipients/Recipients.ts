import type { Collection, Identified } from '../../store/Collection.ts';
import type { DistributionGroupRecord, MailboxRecord } from '../../store/exchangeRecords.ts';
import type { GroupRecord, UserRecord } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { CmdletCall } from '../Cmdlet.ts';
import { ExchangeError } from '../errors/ExchangeError.ts';
import type { ErrorName } from '../errors/errorCatalog.ts';
import { nameInDistinguishedName } from '../shapes/distinguishedName.ts';
import {
  contactRecipient,
  type GroupRecipient,
  groupRecipient,
  guestRecipient,
  type MailboxRecipient,
  mailboxRecipient,
  type Recipient,
} from './Recipient.ts';

type Kind = Recipient['kind'];
type OfKind<K extends Kind> = Extract<Recipient, { kind: K }>;

/** The recipients of a tenant, as a cmdlet sees them: a reading one as a lagging replica shows them. */
export class Recipients {
  readonly #tenant: Tenant;
  readonly #isReplica: boolean;
  /** Mailboxes of licenses that were assigned later than this are not made yet. */
  readonly #licensedBefore: number;

  constructor({ tenant, settings, cmdlet }: Pick<CmdletCall, 'tenant' | 'settings' | 'cmdlet'>) {
    this.#tenant = tenant;
    this.#licensedBefore = tenant.now().getTime() - settings.exchange.mailboxDelayMs;
    this.#isReplica = cmdlet.startsWith('Get-');
  }

  mailboxes(): MailboxRecipient[] {
    const found: MailboxRecipient[] = [];
    for (const mailbox of this.#all(this.#tenant.exchange.mailboxes)) {
      const recipient = this.#mailboxOf(mailbox);
      if (recipient !== undefined) found.push(recipient);
    }
    return found;
  }

  /** Distribution groups, mail-enabled security groups and Microsoft 365 groups. */
  groups(): GroupRecipient[] {
    return this.#all(this.#tenant.directory.groups).flatMap((group) => this.#groupOf(group) ?? []);
  }

  all(): Recipient[] {
    const contacts = this.#all(this.#tenant.directory.contacts).map(contactRecipient);
    const guests = this.#all(this.#tenant.users).filter(isGuest).map(guestRecipient);
    return [...this.mailboxes(), ...this.groups(), ...contacts, ...guests];
  }

  /** The recipient with this id, whatever it is. */
  withId(id: string): Recipient | undefined {
    const { exchange, directory, users } = this.#tenant;
    const mailbox = this.#one(exchange.mailboxes, id);
    const found = mailbox && this.#mailboxOf(mailbox);
    if (found !== undefined) return found;
    const group = this.#one(directory.groups, id);
    if (group !== undefined) return this.#groupOf(group);
    const contact = this.#one(directory.contacts, id);
    if (contact !== undefined) return contactRecipient(contact);
    const user = this.#one(users, id);
    return user !== undefined && isGuest(user) ? guestRecipient(user) : undefined;
  }

  /** Everything an identity fits: an id, an address, a user principal name, an alias, a name or a distinguished name. */
  find<K extends Kind = Kind>(identity: string, kind?: K): OfKind<K>[] {
    const wanted = identity
      .trim()
      .replace(/^smtp:/i, '')
      .toLowerCase();
    if (wanted === '') return [];
    const isWanted = (found: Recipient): found is OfKind<K> => kind === undefined || found.kind === kind;
    const indexed = this.#findIndexed(wanted).filter(isWanted);
    if (indexed.length > 0) return indexed;
    const name = nameInDistinguishedName(wanted) ?? wanted;
    return this.#ofKind(kind)
      .filter(isWanted)
      .filter((recipient) => fits(recipient, name));
  }

  getMailbox(identity: string, missing: ErrorName = 'targetNotFound'): MailboxRecipient {
    return this.#single(this.find(identity, 'mailbox'), identity, missing, 'targetAmbiguous');
  }

  /** A distribution group or mail-enabled security group. */
  getDistributionGroup(identity: string): GroupRecipient {
    const groups = this.find(identity, 'group').filter(isDistributionGroup);
    return this.#single(groups, identity, 'targetNotFound', 'targetAmbiguous');
  }

  /** A recipient that a parameter other than the target names. */
  getReference(identity: string): Recipient {
    return this.#single(this.find(identity), identity, 'referenceNotFound', 'recipientAmbiguous');
  }

  #single<T extends Recipient>(found: readonly T[], identity: string, missing: ErrorName, ambiguous: ErrorName): T {
    const [first, ...more] = found;
    if (first === undefined) throw new ExchangeError(missing, { identity });
    if (more.length > 0) throw new ExchangeError(ambiguous, { identity });
    return first;
  }

  #findIndexed(wanted: string): Recipient[] {
    const { exchange, directory, users } = this.#tenant;
    const ids = new Set<string>([wanted]);
    for (const mailbox of this.#by(exchange.mailboxes, 'exchangeGuid', wanted)) ids.add(mailbox.id);
    for (const index of ['userPrincipalName', 'proxyAddress', 'mail']) {
      for (const user of this.#by(users, index, wanted)) ids.add(user.id);
    }
    for (const group of this.#by(directory.groups, 'proxyAddress', wanted)) ids.add(group.id);
    for (const contact of this.#by(directory.contacts, 'proxyAddress', wanted)) ids.add(contact.id);
    return [...ids].flatMap((id) => this.withId(id) ?? []);
  }

  #ofKind(kind: Kind | undefined): readonly Recipient[] {
    if (kind === 'mailbox') return this.mailboxes();
    return kind === 'group' ? this.groups() : this.all();
  }

  #mailboxOf(mailbox: MailboxRecord): MailboxRecipient | undefined {
    if (mailbox.disconnectedAt !== null || mailbox.licensedAt > this.#licensedBefore) return undefined;
    const user = this.#one(this.#tenant.users, mailbox.id);
    return user && mailboxRecipient(user, mailbox);
  }

  #groupOf(group: GroupRecord): GroupRecipient | undefined {
    if (group.properties['mailEnabled'] !== true) return undefined;
    const kept = this.#one(this.#tenant.exchange.distributionGroups, group.id);
    return groupRecipient(group, nameOf(group, kept), kept?.isRoomList === true);
  }

  #one<T extends Identified>(collection: Collection<T>, id: string): T | undefined {
    return this.#isReplica ? collection.visible(id) : collection.get(id);
  }

  #all<T extends Identified>(collection: Collection<T>): readonly T[] {
    return this.#isReplica ? collection.visibleValues() : collection.values();
  }

  #by<T extends Identified>(collection: Collection<T>, index: string, key: string): readonly T[] {
    return this.#isReplica ? collection.findAllVisible(index, key) : collection.findAll(index, key);
  }
}

export function isDistributionGroup({ recipientTypeDetails }: GroupRecipient): boolean {
  return recipientTypeDetails !== 'GroupMailbox';
}

function nameOf({ properties }: GroupRecord, kept: DistributionGroupRecord | undefined): string {
  return kept?.name ?? String(properties['displayName'] ?? '');
}

function isGuest({ properties }: UserRecord): boolean {
  return properties['userType'] === 'Guest' && typeof properties['mail'] === 'string';
}

function fits(recipient: Recipient, wanted: string): boolean {
  const { alias, name, displayName } = recipient;
  return [alias, name, displayName].some((text) => text.toLowerCase() === wanted);
}
