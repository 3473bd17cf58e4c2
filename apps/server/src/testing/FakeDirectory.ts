import type {
  Directory,
  DirectoryChanges,
  DirectoryController,
  DirectoryInfo,
  DirectoryPasswordPolicy,
  DirectoryUser,
  FeedRestart,
  UserAccountChanges,
} from '@isthmus/directory';
import { DomainError, type Secret, type UserId } from '@isthmus/kernel';

function unreachable(): DomainError {
  return new DomainError({
    code: 'directory.unreachable',
    message: 'No domain controller answers.',
    remedy: 'Start one.',
    retryable: true,
  });
}

/** A directory in memory: accounts, a change feed, and the power to be out of reach. */
export class FakeDirectory implements Partial<Directory> {
  readonly users = new Map<string, DirectoryUser>();
  readonly passwords = new Map<string, string>();
  readonly nestedGroups = new Map<string, readonly string[]>();
  readonly calls: string[] = [];
  isReachable = true;
  controller: DirectoryController = { hostName: 'dc1.corp.contoso.test', vendor: 'samba', isPreferred: true };
  /** Why the next reading starts over. */
  restart: FeedRestart | undefined;
  /** How far its clock is ahead of ours. */
  clockSkewMs = 0;
  policyChangedBy: string | undefined;
  passwordPolicy: DirectoryPasswordPolicy = {
    minimumLength: 7,
    complexity: true,
    historyLength: 24,
    minimumAgeDays: 0,
    maximumAgeDays: 0,
    lockoutThreshold: 0,
    lockoutMinutes: 30,
    lockoutWindowMinutes: 30,
  };
  #usn = 1;
  readonly #removed = new Set<string>();
  readonly #log: { usn: number; id: UserId }[] = [];

  /** As another tool would change it. */
  set(user: DirectoryUser): DirectoryUser {
    this.users.set(user.id, user);
    this.#note(user.id);
    return user;
  }

  change(id: UserId, changes: Partial<DirectoryUser>): DirectoryUser {
    const user = this.users.get(id);
    if (user === undefined) throw new TypeError(`No user ${id}`);
    return this.set({ ...user, ...changes });
  }

  delete(id: UserId): void {
    this.users.delete(id);
    this.#removed.add(id);
    this.#note(id);
  }

  /** Another controller is asked from now on, or the same one with older content; it does not know these people. */
  startOver(restart: FeedRestart, controller: Partial<DirectoryController>, unknown: readonly UserId[]): void {
    this.restart = restart;
    this.controller = { ...this.controller, ...controller };
    for (const id of unknown) this.users.delete(id);
    this.#usn += 1;
  }

  async changePasswordPolicy(
    changes: Partial<DirectoryPasswordPolicy>,
    administrator: { readonly name: string },
  ): Promise<DirectoryPasswordPolicy> {
    this.#answer('changePasswordPolicy');
    this.policyChangedBy = administrator.name;
    this.passwordPolicy = { ...this.passwordPolicy, ...changes };
    return this.passwordPolicy;
  }

  async info(): Promise<DirectoryInfo> {
    return {
      dcHostName: 'dc1.corp.contoso.test',
      vendor: 'samba',
      baseDn: 'DC=corp,DC=contoso,DC=test',
      domainName: 'corp.contoso.test',
      netbiosName: 'CORP',
      upnSuffixes: ['corp.contoso.test'],
      clockSkewMs: this.clockSkewMs,
      domainControllers: ['dc1.corp.contoso.test'],
      passwordPolicy: this.passwordPolicy,
    };
  }

  async highestCommittedUsn(): Promise<string> {
    this.#answer('highestCommittedUsn');
    return String(this.#usn);
  }

  async readChanges(cookie?: string): Promise<DirectoryChanges> {
    this.#answer('readChanges');
    const next = String(this.#usn);
    const { controller, restart } = this;
    if (cookie === undefined || restart !== undefined) {
      this.restart = undefined;
      const changed = [...this.users.values()];
      const reason = cookie === undefined || restart === undefined ? {} : { restart };
      return { changed, removed: [], cookie: next, incremental: false, controller, ...reason };
    }
    const touched = [...new Set(this.#log.filter((entry) => entry.usn > Number(cookie)).map((entry) => entry.id))];
    return {
      changed: touched.map((id) => this.users.get(id)).filter((user) => user !== undefined),
      removed: touched.filter((id) => !this.users.has(id)),
      cookie: next,
      incremental: true,
      controller,
    };
  }

  async findRemoved(ids: readonly UserId[]): Promise<readonly UserId[]> {
    return ids.filter((id) => this.#removed.has(id));
  }

  async findUser(id: UserId): Promise<DirectoryUser | undefined> {
    this.#answer('findUser');
    return this.users.get(id);
  }

  async findUserByName(name: string): Promise<DirectoryUser | undefined> {
    return [...this.users.values()].find((user) => user.userName === name);
  }

  async listGroupDnsOf(id: UserId): Promise<readonly string[]> {
    this.#answer('listGroupDnsOf');
    const direct = this.users.get(id)?.groupDns ?? [];
    return direct.flatMap((dn) => [dn, ...(this.nestedGroups.get(dn) ?? [])]);
  }

  async setEnabled(id: UserId, enabled: boolean): Promise<DirectoryUser> {
    return this.change(id, { enabled });
  }

  async changeUser(id: UserId, changes: UserAccountChanges): Promise<DirectoryUser> {
    return this.change(id, changes as Partial<DirectoryUser>);
  }

  /** Its own time. */
  now(): Date {
    return new Date(Date.now() + this.clockSkewMs);
  }

  async resetPassword(
    id: UserId,
    password: Secret,
    options?: { readonly mustChange: boolean },
  ): Promise<DirectoryUser> {
    this.passwords.set(id, password.reveal());
    return this.change(id, { passwordSetAt: options?.mustChange === true ? undefined : this.now() });
  }

  async removeUser(id: UserId): Promise<void> {
    this.delete(id);
  }

  #note(id: UserId): void {
    this.#usn += 1;
    this.#log.push({ usn: this.#usn, id });
  }

  #answer(call: string): void {
    this.calls.push(call);
    if (!this.isReachable) throw unreachable();
  }
}
