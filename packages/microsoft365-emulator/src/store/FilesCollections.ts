import { ChangeLog } from './ChangeLog.ts';
import type { Collection, Identified, Indexes } from './Collection.ts';
import type {
  CopyJobRecord,
  ItemRecord,
  ItemTombstoneRecord,
  ListRecord,
  PrincipalRecord,
  RecycledRecord,
  SharePointRoleAssignmentRecord,
  SharePointSettingsRecord,
  SharingLinkRecord,
  SitePermissionRecord,
  SiteRecord,
  UploadSessionRecord,
} from './filesRecords.ts';

type Make = <T extends Identified>(name: string, indexes?: Indexes<T>) => Collection<T>;

const itemIndexes: Indexes<ItemRecord> = {
  list: (item) => [item.listId],
  number: (item) => [`${item.listId}/${item.number}`],
  parent: (item) => (item.parentId === null ? [] : [item.parentId]),
  place: (item) => [placeKey(item.parentId, item.name)],
};

const bySite = { site: (value: { readonly siteId: string }): string[] => [value.siteId] };

/** Key of the index that finds an item by its folder and name; names are the same whatever their case. */
export function placeKey(parentId: string | null, name: string): string {
  return `${parentId ?? ''}/${name.toLowerCase()}`;
}

/** Sites, lists, libraries and files of a tenant, and who may use them. */
export class FilesCollections {
  readonly sites: Collection<SiteRecord>;
  readonly lists: Collection<ListRecord>;
  readonly items: Collection<ItemRecord>;
  readonly itemTombstones: Collection<ItemTombstoneRecord>;
  readonly principals: Collection<PrincipalRecord>;
  readonly roleAssignments: Collection<SharePointRoleAssignmentRecord>;
  readonly sharingLinks: Collection<SharingLinkRecord>;
  readonly sitePermissions: Collection<SitePermissionRecord>;
  readonly recycleBin: Collection<RecycledRecord>;
  readonly uploadSessions: Collection<UploadSessionRecord>;
  readonly copyJobs: Collection<CopyJobRecord>;
  readonly settings: Collection<SharePointSettingsRecord>;
  readonly #changes = new Map<string, ChangeLog>();
  readonly #now: () => Date;

  constructor(make: Make, now: () => Date) {
    this.#now = now;
    this.sites = make('sites', {
      path: (site) => [site.path.toLowerCase()],
      group: (site) => (site.groupId === null ? [] : [site.groupId]),
      owner: (site) => (site.ownerUserId === null ? [] : [site.ownerUserId]),
    });
    this.lists = make<ListRecord>('lists', bySite);
    this.items = make('listItems', itemIndexes);
    this.itemTombstones = make('listItemTombstones', { list: (tombstone) => [tombstone.listId] });
    this.principals = make<PrincipalRecord>('sitePrincipals', {
      ...bySite,
      login: (principal) => [`${principal.siteId}/${principal.loginName.toLowerCase()}`],
    });
    this.roleAssignments = make('siteRoleAssignments', { scope: (assignment) => [assignment.scopeId] });
    this.sharingLinks = make('sharingLinks', { item: (link) => [link.itemId] });
    this.sitePermissions = make<SitePermissionRecord>('sitePermissions', bySite);
    this.recycleBin = make<RecycledRecord>('recycleBin', bySite);
    this.uploadSessions = make('uploadSessions');
    this.copyJobs = make('copyJobs');
    this.settings = make('sharePointSettings');
  }

  /** Stores an item as the newest change of its list. */
  saveItem(item: Omit<ItemRecord, 'changeNumber'>): ItemRecord {
    const changes = this.changesOf(item.listId);
    const changeNumber = changes.next();
    const saved: ItemRecord = { ...item, changeNumber };
    this.items.put(saved);
    if (this.itemTombstones.get(item.id) !== undefined) this.itemTombstones.remove(item.id);
    changes.record(item.id, this.#now().getTime(), changeNumber);
    return saved;
  }

  /** Takes an item out and leaves behind what delta queries need. */
  takeItemOut(item: ItemRecord): void {
    const changes = this.changesOf(item.listId);
    const changeNumber = changes.next();
    this.items.remove(item.id);
    const { id, listId, parentId } = item;
    this.itemTombstones.put({ id, listId, parentId, isFolder: item.kind === 'folder', changeNumber });
    changes.record(id, this.#now().getTime(), changeNumber);
  }

  /** The changes of one list; rebuilt from what the items carry when it is first asked for. */
  changesOf(listId: string): ChangeLog {
    const known = this.#changes.get(listId);
    if (known !== undefined) return known;
    const changes = new ChangeLog();
    const numbered = [...this.items.findAll('list', listId), ...this.itemTombstones.findAll('list', listId)];
    changes.load(numbered.map(({ id, changeNumber }) => ({ id, number: changeNumber })));
    this.#changes.set(listId, changes);
    return changes;
  }

  /** Names of all contents that something still refers to. */
  *contents(): Generator<string> {
    for (const item of this.items.values()) yield* contentsOf(item);
    for (const recycled of this.recycleBin.values()) for (const item of recycled.items) yield* contentsOf(item);
  }

  /** Forgets what is derived from the collections. */
  rebuild(): void {
    this.#changes.clear();
  }
}

function contentsOf(item: ItemRecord): string[] {
  return item.file === null ? [] : [item.file.content, ...item.file.versions.map((version) => version.content)];
}
