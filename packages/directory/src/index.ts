export type {
  Directory,
  DirectoryChanges,
  DirectoryErrorCode,
  DirectoryGroup,
  DirectoryInfo,
  DirectoryPasswordPolicy,
  RightCheck,
  SignInOutcome,
} from './Directory.ts';
export type { DirectoryUser, NewDirectoryUser, UserAccountChanges } from './DirectoryUser.ts';
export { connectLdapDirectory, type LdapDirectoryConfig } from './ldap/connectLdapDirectory.ts';
