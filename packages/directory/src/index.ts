export type {
  Directory,
  DirectoryChanges,
  DirectoryController,
  DirectoryErrorCode,
  DirectoryInfo,
  DirectoryPasswordPolicy,
  FeedRestart,
  FineGrainedPolicy,
  RightCheck,
  SignInOutcome,
} from './Directory.ts';
export type { DirectoryDns, DirectoryDnsChange, DirectoryDnsZone } from './DirectoryDns.ts';
export type { DirectoryGroup, DirectoryGroupMember, NewDirectoryGroup } from './DirectoryGroup.ts';
export type { DirectoryUser, NewDirectoryUser, UserAccountChanges } from './DirectoryUser.ts';
export {
  type DiscoveredDomainController,
  discoverDomainControllers,
} from './discovery/discoverDomainControllers.ts';
export {
  type PresentedCertificate,
  readServerCertificates,
  type ServerCertificates,
} from './discovery/readServerCertificates.ts';
export { connectLdapDirectory, type LdapDirectoryConfig } from './ldap/connectLdapDirectory.ts';
export { DirSyncControl } from './ldap/DirSyncControl.ts';
export { dateFromFileTime } from './ldap/directoryTime.ts';
export { parentDn, rdnValueOf } from './ldap/distinguishedName.ts';
