import type { Clock } from '@isthmus/kernel';
import { ChangeLog } from './ChangeLog.ts';
import type { Collection, Identified, Indexes } from './Collection.ts';
import type {
  ActivatedRoleRecord,
  ContactRecord,
  GroupLinkRecord,
  LogEntryRecord,
  ManagedDeviceRecord,
  NegativeAnswerRecord,
  ReportDownloadRecord,
  ServiceAnnouncementRecord,
  ServiceHealthRecord,
  SettingsObjectRecord,
  UsageRecord,
} from './directoryRecords.ts';
import { numberChanges } from './numberChanges.ts';
import type { DeletedRecord, GroupRecord, Properties, PropertyValue, TombstoneRecord } from './records.ts';

type Make = <T extends Identified>(name: string, indexes?: Indexes<T>) => Collection<T>;

const lowered = (value: PropertyValue | undefined): string[] =>
  typeof value === 'string' && value !== '' ? [value.toLowerCase()] : [];

const addresses = ({ proxyAddresses }: Properties): string[] =>
  Array.isArray(proxyAddresses)
    ? proxyAddresses.flatMap((address) => lowered(String(address).replace(/^smtp:/i, '')))
    : [];

const linkIndexes: Indexes<GroupLinkRecord> = {
  groupId: (link) => [link.groupId],
  objectId: (link) => [link.objectId],
};

/** Groups, contacts, devices, announcements, logs and settings objects of a tenant. */
export class DirectoryCollections {
  readonly groups: Collection<GroupRecord>;
  readonly groupMembers: Collection<GroupLinkRecord>;
  readonly groupOwners: Collection<GroupLinkRecord>;
  /** Members that left, for delta queries. */
  readonly formerMembers: Collection<GroupLinkRecord>;
  readonly groupTombstones: Collection<TombstoneRecord>;
  readonly groupChanges = new ChangeLog();
  readonly contacts: Collection<ContactRecord>;
  readonly managedDevices: Collection<ManagedDeviceRecord>;
  readonly serviceHealth: Collection<ServiceHealthRecord>;
  readonly serviceIssues: Collection<ServiceAnnouncementRecord>;
  readonly serviceMessages: Collection<ServiceAnnouncementRecord>;
  readonly directoryAudits: Collection<LogEntryRecord>;
  readonly signIns: Collection<LogEntryRecord>;
  /** By the id of the user. */
  readonly signInActivities: Collection<LogEntryRecord>;
  readonly activatedRoles: Collection<ActivatedRoleRecord>;
  readonly settingsObjects: Collection<SettingsObjectRecord>;
  readonly reportDownloads: Collection<ReportDownloadRecord>;
  readonly usage: Collection<UsageRecord>;
  readonly negativeAnswers: Collection<NegativeAnswerRecord>;
  readonly #clock: Clock;

  constructor(make: Make, clock: Clock) {
    this.#clock = clock;
    this.groups = make('groups', {
      mailNickname: ({ properties }) => lowered(properties['mailNickname']),
      proxyAddress: ({ properties }) => addresses(properties),
      license: ({ licenses }) => licenses.map(({ skuId }) => skuId),
    });
    this.groupMembers = make('groupMembers', linkIndexes);
    this.groupOwners = make('groupOwners', linkIndexes);
    this.formerMembers = make('formerMembers', { groupId: (link) => [link.groupId] });
    this.groupTombstones = make('groupTombstones');
    this.contacts = make('contacts', { proxyAddress: ({ properties }) => addresses(properties) });
    this.managedDevices = make('managedDevices', { pending: ({ pending }) => (pending === null ? [] : ['pending']) });
    this.serviceHealth = make('serviceHealth');
    this.serviceIssues = make('serviceIssues');
    this.serviceMessages = make('serviceMessages');
    this.directoryAudits = make('directoryAudits');
    this.signIns = make('signIns');
    this.signInActivities = make('signInActivities');
    this.activatedRoles = make('activatedRoles');
    this.settingsObjects = make('settingsObjects');
    this.reportDownloads = make('reportDownloads');
    this.usage = make('usage');
    this.negativeAnswers = make('negativeAnswers');
  }

  /** Stores a group and remembers which properties changed. In a transaction. */
  saveGroup(group: Omit<GroupRecord, 'changed' | 'changeNumber'>, changedNames: readonly string[] = []): GroupRecord {
    const changeNumber = this.groupChanges.next();
    const changed = numberChanges(this.groups.get(group.id), group.properties, changeNumber, changedNames);
    const saved = { ...group, changed, changeNumber };
    this.groups.put(saved);
    this.#recordChange(group.id, changeNumber);
    return saved;
  }

  /** Takes a group out of the live ones, with its place in other groups. Its own links stay until it is purged. */
  takeGroupOut(group: GroupRecord): number {
    for (const link of this.groupMembers.findAll('objectId', group.id)) this.removeMember(link);
    const changeNumber = this.groupChanges.next();
    this.groups.remove(group.id);
    this.#recordChange(group.id, changeNumber);
    return changeNumber;
  }

  /** Removes everything that is left of a group but the mark by which delta queries know of it. */
  purgeGroup(id: string): void {
    for (const links of [this.groupMembers, this.groupOwners, this.formerMembers]) {
      for (const link of links.findAll('groupId', id)) links.remove(link.id);
    }
    const changeNumber = this.groupChanges.next();
    this.groupTombstones.put({ id, changeNumber });
    this.#recordChange(id, changeNumber);
  }

  addMember(groupId: string, objectId: string): void {
    const id = `${groupId}/${objectId}`;
    const changeNumber = this.#touch(groupId, 'members');
    this.formerMembers.remove(id);
    this.groupMembers.put({ id, groupId, objectId, changeNumber });
  }

  removeMember(link: GroupLinkRecord): void {
    this.groupMembers.remove(link.id);
    this.formerMembers.put({ ...link, changeNumber: this.#touch(link.groupId, 'members') });
  }

  addOwner(groupId: string, objectId: string): void {
    const changeNumber = this.#touch(groupId, 'owners');
    this.groupOwners.put({ id: `${groupId}/${objectId}`, groupId, objectId, changeNumber });
  }

  removeOwner(link: GroupLinkRecord): void {
    this.#touch(link.groupId, 'owners');
    this.groupOwners.remove(link.id);
  }

  /** Removes an object that is gone for good from every group it was in. */
  forgetObject(objectId: string): void {
    for (const link of this.groupMembers.findAll('objectId', objectId)) this.removeMember(link);
    for (const link of this.groupOwners.findAll('objectId', objectId)) this.removeOwner(link);
  }

  /** Rebuilds what is derived from the collections, after they were loaded. */
  rebuild(deleted: readonly DeletedRecord[]): void {
    const inBin = deleted.filter((item) => item.kind === 'group');
    const numbered = [...this.groups.values(), ...inBin, ...this.groupTombstones.values()];
    this.groupChanges.load(numbered.map((value) => ({ id: value.id, number: value.changeNumber })));
  }

  /** Marks a group as changed; one in the bin keeps what it was. */
  #touch(groupId: string, name: string): number {
    const group = this.groups.get(groupId);
    return group === undefined ? this.groupChanges.latest : this.saveGroup(group, [name]).changeNumber;
  }

  #recordChange(id: string, changeNumber: number): void {
    this.groupChanges.record(id, this.#clock.now().getTime(), changeNumber);
  }
}
