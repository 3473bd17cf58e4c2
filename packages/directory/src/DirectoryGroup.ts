/** A group of the directory; its members are read by themselves. */
export interface DirectoryGroup {
  /** `objectGUID` as lower-case GUID text. */
  readonly id: string;
  readonly dn: string;
  /** `sAMAccountName`. */
  readonly name: string;
  readonly description: string;
  readonly mail: string | undefined;
  /** Distribution groups give no rights. */
  readonly isSecurity: boolean;
  /** `builtin` groups belong to the system (MS-ADTS 2.2.12). */
  readonly scope: 'global' | 'domain-local' | 'universal' | 'builtin';
  /** Made by the system, or with rights over the directory itself: not ours to change. */
  readonly isProtected: boolean;
  /** Direct members of every kind. */
  readonly memberCount: number;
  /** Groups that this group is a direct member of. */
  readonly memberOfDns: readonly string[];
}

export interface DirectoryGroupMember {
  readonly id: string;
  readonly dn: string;
  readonly name: string;
  readonly kind: 'user' | 'group' | 'computer' | 'other';
}

export interface NewDirectoryGroup {
  /** `sAMAccountName` and name of the entry. */
  readonly name: string;
  readonly description: string;
  readonly containerDn: string;
}
