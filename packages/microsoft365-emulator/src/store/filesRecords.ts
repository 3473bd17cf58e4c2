import type { Identified } from './Collection.ts';
import type { Properties } from './records.ts';

/** Who did something, as sites and files remember it. */
export interface ActorRecord {
  readonly userId: string | null;
  readonly appId: string | null;
  readonly displayName: string;
  readonly email: string | null;
}

export type SiteKind = 'root' | 'team' | 'group' | 'personal';

/** A site collection with its one web; the id is the site collection's. */
export interface SiteRecord extends Identified {
  readonly webId: string;
  readonly kind: SiteKind;
  /** Below the host: empty for the root site, else `sites/team` or `personal/ada_contoso_com`. */
  readonly path: string;
  readonly displayName: string;
  readonly description: string;
  readonly createdDateTime: string;
  readonly lastModifiedDateTime: string;
  readonly groupId: string | null;
  readonly ownerUserId: string | null;
  /** True while an administrator has blocked all access. */
  readonly isLocked: boolean;
  readonly quotaBytes: number;
  /** The number that the next user or group of the site gets. */
  readonly nextPrincipal: number;
}

export interface ColumnRecord {
  readonly id: string;
  /** The definition under Graph's names, without the id. */
  readonly definition: Properties;
}

export interface ListRecord extends Identified {
  readonly siteId: string;
  readonly displayName: string;
  /** Last part of the address, made by the server. */
  readonly name: string;
  readonly description: string;
  /** `documentLibrary`, `genericList`, …, as Graph says it. */
  readonly template: string;
  readonly isHidden: boolean;
  readonly createdDateTime: string;
  readonly lastModifiedDateTime: string;
  readonly lastItemDeletedDateTime: string;
  readonly createdBy: ActorRecord;
  readonly version: number;
  readonly columns: readonly ColumnRecord[];
  /** What the classic interface can set, such as `EnableVersioning`. */
  readonly settings: Properties;
  readonly nextItem: number;
  readonly hasUniquePermissions: boolean;
}

export interface FileVersionRecord {
  readonly number: number;
  readonly content: string;
  readonly size: number;
  readonly modifiedDateTime: string;
  readonly modifiedBy: ActorRecord;
}

export interface FileRecord {
  /** Name of the content in the content store. */
  readonly content: string;
  readonly mimeType: string;
  readonly quickXorHash: string;
  readonly version: number;
  /** Earlier versions, newest first. */
  readonly versions: readonly FileVersionRecord[];
}

/** A list item; in a library it is a file or a folder, and the library's root folder is one as well. */
export interface ItemRecord extends Identified {
  readonly siteId: string;
  readonly listId: string;
  /** Id in the list; 0 for the root folder. */
  readonly number: number;
  readonly kind: 'item' | 'file' | 'folder' | 'root';
  readonly name: string;
  readonly parentId: string | null;
  readonly description: string;
  readonly fields: Properties;
  readonly file: FileRecord | null;
  /** Bytes of the file, or of everything below the folder. */
  readonly size: number;
  readonly createdDateTime: string;
  readonly createdBy: ActorRecord;
  readonly modifiedDateTime: string;
  readonly modifiedBy: ActorRecord;
  /** Times that the file had on the disk it came from. */
  readonly fileSystemInfo: { readonly createdDateTime: string; readonly lastModifiedDateTime: string } | null;
  /** Counts every change, for the ETag. */
  readonly version: number;
  /** Counts changes of the content, for the cTag. */
  readonly contentVersion: number;
  readonly isLocked: boolean;
  readonly hasUniquePermissions: boolean;
  /** Position in the list's changes, for delta queries. */
  readonly changeNumber: number;
}

/** What delta queries still have to tell about an item that is gone. */
export interface ItemTombstoneRecord extends Identified {
  readonly listId: string;
  readonly parentId: string | null;
  readonly isFolder: boolean;
  readonly changeNumber: number;
}

/** A user or group as one site knows it; the id is the site's and the number. */
export interface PrincipalRecord extends Identified {
  readonly siteId: string;
  readonly number: number;
  readonly kind: 'user' | 'directoryGroup' | 'everyone' | 'siteGroup';
  readonly loginName: string;
  readonly title: string;
  readonly email: string;
  readonly description: string;
  /** Object id in the directory; null for site groups and for everyone. */
  readonly objectId: string | null;
  readonly isSiteAdmin: boolean;
  /** Which of the three groups that every site has. */
  readonly association: 'owners' | 'members' | 'visitors' | null;
  readonly ownerNumber: number | null;
  /** Numbers of a site group's members. */
  readonly members: readonly number[];
  /** What the classic interface can set on a group, such as `AllowMembersEditMembership`. */
  readonly settings: Properties;
}

/** Roles of a principal on a site, list or item. */
export interface SharePointRoleAssignmentRecord extends Identified {
  readonly siteId: string;
  /** Id of the site, list or item. */
  readonly scopeId: string;
  readonly principal: number;
  readonly roles: readonly number[];
}

export interface SharingLinkRecord extends Identified {
  readonly siteId: string;
  readonly itemId: string;
  readonly type: 'view' | 'edit';
  readonly scope: 'anonymous' | 'organization' | 'users';
  readonly shareId: string;
  readonly hasPassword: boolean;
  readonly expirationDateTime: string | null;
  /** Object ids of the people a link for certain people is for. */
  readonly userIds: readonly string[];
}

/** What an application that may only use selected sites may do with one of them. */
export interface SitePermissionRecord extends Identified {
  readonly siteId: string;
  readonly appId: string;
  readonly displayName: string;
  readonly role: 'read' | 'write' | 'manage' | 'fullcontrol';
}

/** Something thrown away: an item with everything below it, or a list with all its items. */
export interface RecycledRecord extends Identified {
  readonly siteId: string;
  /** 1 for the site's bin, 2 for its administrators'. */
  readonly stage: 1 | 2;
  readonly leafName: string;
  /** Server-relative folder it was in, without the first slash. */
  readonly dirName: string;
  readonly size: number;
  readonly deletedDateTime: string;
  readonly deletedBy: ActorRecord;
  readonly list: ListRecord | null;
  /** The item that was deleted first, then those below it. */
  readonly items: readonly ItemRecord[];
}

export interface UploadSessionRecord extends Identified {
  readonly siteId: string;
  readonly listId: string;
  readonly parentId: string;
  readonly name: string;
  readonly conflictBehavior: 'fail' | 'replace' | 'rename';
  readonly description: string;
  readonly fileSystemInfo: ItemRecord['fileSystemInfo'];
  readonly deferCommit: boolean;
  /** Size of the file; null until the first part says it. */
  readonly total: number | null;
  readonly received: number;
  readonly expiresAt: number;
  readonly actor: ActorRecord;
}

/** A copy that was asked for; it is done at once and shown as under way until `doneAt`. */
export interface CopyJobRecord extends Identified {
  readonly doneAt: number;
  readonly itemId: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Settings of the tenant's SharePoint, by Graph's names. */
export interface SharePointSettingsRecord extends Identified {
  readonly properties: Properties;
}
