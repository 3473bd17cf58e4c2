import type { Secret, UserId } from '@isthmus/kernel';
import type {
  Directory,
  DirectoryChanges,
  DirectoryInfo,
  DirectoryPasswordPolicy,
  FineGrainedPolicy,
  RightCheck,
  SignInOutcome,
} from '../Directory.ts';
import type { DirectoryDns } from '../DirectoryDns.ts';
import type { DirectoryGroup, DirectoryGroupMember, NewDirectoryGroup } from '../DirectoryGroup.ts';
import type { DirectoryUser, NewDirectoryUser, UserAccountChanges } from '../DirectoryUser.ts';
import { LdapDns } from '../dns/LdapDns.ts';
import { checkRights } from '../rights/checkRights.ts';
import { removeUser, resetPassword, setEnabled, unlock } from './accountState.ts';
import { addUser } from './addUser.ts';
import { changeUser } from './changeUser.ts';
import {
  addGroup,
  changeGroup,
  changeGroupMembers,
  findGroup,
  listGroupMembers,
  listGroups,
  removeGroup,
} from './groupEntries.ts';
import { changeMembership, listGroupDnsOf, listOrganizationalUnits } from './groups.ts';
import type { LdapSession } from './LdapSession.ts';
import { changePasswordPolicy, listFineGrainedPolicies } from './passwordPolicy.ts';
import { ChangeFeed } from './readChanges.ts';
import { readInfo } from './readInfo.ts';
import { signIn } from './signIn.ts';
import { findRemovedUsers, findUser, findUserByName } from './users.ts';

/** The directory over LDAPS. What each method does stands in the file of its name. */
export class LdapDirectory implements Directory {
  readonly #session: LdapSession;
  readonly #feed: ChangeFeed;
  readonly dns: DirectoryDns;

  constructor(session: LdapSession) {
    this.#session = session;
    this.#feed = new ChangeFeed(session);
    this.dns = new LdapDns(session);
  }

  info(): Promise<DirectoryInfo> {
    return readInfo(this.#session);
  }

  async highestCommittedUsn(): Promise<string> {
    const rootDse = await this.#session.read('', ['highestCommittedUSN']);
    return rootDse?.text('highestCommittedUSN') ?? '0';
  }

  readChanges(cookie?: string): Promise<DirectoryChanges> {
    return this.#feed.read(cookie);
  }

  findRemoved(ids: readonly UserId[]): Promise<readonly UserId[]> {
    return findRemovedUsers(this.#session, ids);
  }

  findUser(id: UserId): Promise<DirectoryUser | undefined> {
    return findUser(this.#session, id);
  }

  findUserByName(name: string): Promise<DirectoryUser | undefined> {
    return findUserByName(this.#session, name);
  }

  signIn(name: string, password: Secret): Promise<SignInOutcome> {
    return signIn(this.#session, name, password);
  }

  listGroupDnsOf(id: UserId): Promise<readonly string[]> {
    return listGroupDnsOf(this.#session, id);
  }

  addUser(user: NewDirectoryUser): Promise<DirectoryUser> {
    return addUser(this.#session, user);
  }

  changeUser(id: UserId, changes: UserAccountChanges): Promise<DirectoryUser> {
    return changeUser(this.#session, id, changes);
  }

  setEnabled(id: UserId, enabled: boolean): Promise<DirectoryUser> {
    return setEnabled(this.#session, id, enabled);
  }

  resetPassword(id: UserId, password: Secret, options: { readonly mustChange: boolean }): Promise<DirectoryUser> {
    return resetPassword(this.#session, id, password, options);
  }

  unlock(id: UserId): Promise<DirectoryUser> {
    return unlock(this.#session, id);
  }

  removeUser(id: UserId): Promise<void> {
    return removeUser(this.#session, id);
  }

  listFineGrainedPolicies(): Promise<readonly FineGrainedPolicy[]> {
    return listFineGrainedPolicies(this.#session);
  }

  changePasswordPolicy(
    changes: Partial<DirectoryPasswordPolicy>,
    administrator: { readonly name: string; readonly password: Secret },
  ): Promise<DirectoryPasswordPolicy> {
    return changePasswordPolicy(this.#session, changes, administrator);
  }

  addToGroup(groupDn: string, id: UserId): Promise<void> {
    return changeMembership(this.#session, 'add', groupDn, id);
  }

  removeFromGroup(groupDn: string, id: UserId): Promise<void> {
    return changeMembership(this.#session, 'delete', groupDn, id);
  }

  listGroups(): Promise<readonly DirectoryGroup[]> {
    return listGroups(this.#session);
  }

  findGroup(id: string): Promise<DirectoryGroup | undefined> {
    return findGroup(this.#session, id);
  }

  listGroupMembers(id: string): Promise<readonly DirectoryGroupMember[]> {
    return listGroupMembers(this.#session, id);
  }

  addGroup(group: NewDirectoryGroup): Promise<DirectoryGroup> {
    return addGroup(this.#session, group);
  }

  changeGroup(id: string, changes: { readonly name?: string; readonly description?: string }): Promise<DirectoryGroup> {
    return changeGroup(this.#session, id, changes);
  }

  removeGroup(id: string): Promise<void> {
    return removeGroup(this.#session, id);
  }

  changeGroupMembers(
    id: string,
    changes: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<DirectoryGroup> {
    return changeGroupMembers(this.#session, id, changes);
  }

  listOrganizationalUnits(): Promise<readonly { readonly dn: string; readonly name: string }[]> {
    return listOrganizationalUnits(this.#session);
  }

  checkRights(managedOu: string): Promise<readonly RightCheck[]> {
    return checkRights(this.#session, managedOu);
  }

  close(): Promise<void> {
    return this.#session.connections.close();
  }
}
