import { randomUUID } from 'node:crypto';
import { hasMailbox } from '../graph/licenses/mailboxPlans.ts';
import { builtInPolicy } from './builtInPolicy.ts';
import type { Collection, Identified, Indexes } from './Collection.ts';
import type {
  AcceptedDomainRecord,
  ActiveSyncOrganizationRecord,
  ClientAccessRecord,
  DeviceAccessRuleRecord,
  DistributionGroupRecord,
  DkimRecord,
  MailboxRecord,
  MobileDeviceRecord,
  MobilePolicyRecord,
  PhoneRecord,
} from './exchangeRecords.ts';
import type { UserRecord } from './records.ts';

type Make = <T extends Identified>(name: string, indexes?: Indexes<T>) => Collection<T>;

// How long Exchange keeps a mailbox that lost its license or its user. Microsoft documentation: "Delete or restore user
// mailboxes in Exchange Online".
export const RETENTION_MS = 30 * 24 * 3600 * 1000;

const freshClientAccess: ClientAccessRecord = {
  activeSyncEnabled: true,
  allowedDeviceIds: [],
  blockedDeviceIds: [],
  policyId: null,
  debugLoggingUntil: null,
};

/** What Exchange keeps beside the directory. */
export class ExchangeCollections {
  readonly mailboxes: Collection<MailboxRecord>;
  readonly distributionGroups: Collection<DistributionGroupRecord>;
  readonly mobileDevices: Collection<MobileDeviceRecord>;
  readonly phones: Collection<PhoneRecord>;
  readonly deviceAccessRules: Collection<DeviceAccessRuleRecord>;
  readonly mobilePolicies: Collection<MobilePolicyRecord>;
  readonly activeSyncOrganization: Collection<ActiveSyncOrganizationRecord>;
  readonly acceptedDomains: Collection<AcceptedDomainRecord>;
  readonly dkim: Collection<DkimRecord>;

  constructor(make: Make) {
    this.mailboxes = make('mailboxes', { exchangeGuid: (mailbox) => [mailbox.exchangeGuid] });
    this.distributionGroups = make('distributionGroups', { name: (group) => [group.name.toLowerCase()] });
    this.mobileDevices = make('mobileDevices', {
      mailboxId: (device) => [device.mailboxId],
      partnership: (device) => [partnershipOf(device.mailboxId, device.deviceId)],
    });
    this.phones = make('phones', { userId: (phone) => [phone.userId] });
    this.deviceAccessRules = make('deviceAccessRules');
    this.mobilePolicies = make('mobilePolicies');
    this.activeSyncOrganization = make('activeSyncOrganization');
    this.acceptedDomains = make('acceptedDomains');
    this.dkim = make('dkim');
  }

  /** Gives a tenant that was stored before there was Exchange what it would have had. */
  adopt(users: readonly UserRecord[], now: number): void {
    if (this.mobilePolicies.size > 0) return;
    const policy = builtInPolicy(now);
    this.mobilePolicies.restore(policy.id, policy);
    for (const { id, licenses } of users) {
      if (hasMailbox(licenses)) this.mailboxes.restore(id, { ...freshMailbox(id, now), licensedAt: 0 });
    }
  }

  /** Makes, disconnects or brings back the mailbox of a user whose licenses changed. */
  followUser(previous: UserRecord | undefined, user: UserRecord, now: number): void {
    if (previous !== undefined && JSON.stringify(previous.licenses) === JSON.stringify(user.licenses)) return;
    const known = this.mailboxes.get(user.id);
    if (hasMailbox(user.licenses)) this.#connect(user, known, now);
    else if (known !== undefined) this.#release(previous, known, now);
  }

  /** A deleted user leaves the mailbox behind, to be found again when the user is restored. */
  dismissUser(user: UserRecord, now: number): void {
    const known = this.mailboxes.get(user.id);
    if (known !== undefined && known.disconnectedAt === null) this.mailboxes.put({ ...known, disconnectedAt: now });
  }

  #connect(user: UserRecord, known: MailboxRecord | undefined, now: number): void {
    if (known === undefined) this.mailboxes.put(freshMailbox(user.id, now));
    else if (known.disconnectedAt !== null) this.#reconnect(known, now);
  }

  /** Without a license only a shared mailbox or a resource stays; a restored user finds that again. */
  #release(previous: UserRecord | undefined, known: MailboxRecord, now: number): void {
    const hadLicense = previous !== undefined && hasMailbox(previous.licenses);
    if (known.type === 'Regular' && hadLicense && known.disconnectedAt === null) {
      this.mailboxes.put({ ...known, disconnectedAt: now });
    } else if (known.type !== 'Regular' && known.disconnectedAt !== null) this.#reconnect(known, now);
  }

  #reconnect(known: MailboxRecord, now: number): void {
    const isKept = known.litigationHold || now - Number(known.disconnectedAt) < RETENTION_MS;
    const kept = isKept ? known : { ...freshMailbox(known.id, now), type: known.type };
    this.mailboxes.put({ ...kept, licensedAt: now, changedAt: now, disconnectedAt: null });
  }
}

export function partnershipOf(mailboxId: string, deviceId: string): string {
  return `${mailboxId}/${deviceId.toLowerCase()}`;
}

function freshMailbox(userId: string, now: number): MailboxRecord {
  return {
    id: userId,
    exchangeGuid: randomUUID(),
    createdAt: now,
    changedAt: now,
    licensedAt: now,
    disconnectedAt: null,
    type: 'Regular',
    forwardingAddress: null,
    forwardingSmtpAddress: null,
    deliverToMailboxAndForward: false,
    grantSendOnBehalfTo: [],
    litigationHold: false,
    clientAccess: freshClientAccess,
    folderPermissions: [],
  };
}
