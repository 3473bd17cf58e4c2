import type {
  Alert,
  DnsProviderView,
  DomainDetails,
  DriftPolicy,
  Integration,
  Job,
  JobItem,
  LiveEvent,
  ManagedField,
  NotificationsView,
  Plan,
  PlannedAction,
  Role,
  SetUpAttempt,
  SyncStatus,
  User,
  UserTemplate,
} from '@isthmus/contracts';
import { guid, makePerson } from './people.ts';

export interface FakeWorldOptions {
  readonly people: number;
  readonly groups: number;
  readonly integrated: boolean;
  readonly directoryConnected: boolean;
  readonly allSetUp: boolean;
  /** Milliseconds that each item of a job takes. */
  readonly itemMs: number;
}

export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

const alerts = (): Alert[] => [
  {
    id: guid(3, 1),
    code: 'licenses.exhausted',
    severity: 'critical',
    state: 'active',
    title: 'Licenses are used up',
    detail: 'Microsoft 365 Business Standard has no free license; 3 people wait for one.',
    remedy: 'Buy more licenses in the Microsoft 365 admin center, or take one from somebody who does not need it.',
    since: minutesAgo(190),
    subjectUserId: null,
    subject: 'Microsoft 365 Business Standard',
  },
  {
    id: guid(3, 2),
    code: 'password.rejected',
    severity: 'warning',
    state: 'active',
    title: 'A password was refused by Microsoft 365',
    detail: 'The password of Hana Abe is on Microsoft’s list of common passwords.',
    remedy: 'Ask Hana Abe to choose a longer password.',
    since: minutesAgo(45),
    subjectUserId: guid(1, 7),
    subject: 'Hana Abe',
  },
  {
    id: guid(3, 3),
    code: 'server.certificate-expires',
    severity: 'information',
    state: 'ignored',
    title: 'The server certificate ends in 25 days',
    detail: 'The certificate of the dashboard is valid until 17 December 2026.',
    remedy: 'Give Isthmus a new certificate.',
    since: minutesAgo(2000),
    subjectUserId: null,
    subject: null,
  },
];

export const noNotifications: NotificationsView = {
  settings: null,
  hasPassword: false,
  changedAt: null,
  changedBy: null,
  lastSentAt: null,
  failedAttempts: 0,
  nextAttemptAt: null,
  problem: null,
};

const needs = [
  ['User.ReadWrite.All', 'application', 'permissions.reason.createAccounts'],
  ['Directory.Read.All', 'application', 'permissions.reason.readDirectory'],
  ['Group.Create', 'application', 'permissions.reason.createGroups'],
  ['GroupMember.Read.All', 'application', 'permissions.reason.readGroups'],
  ['GroupMember.ReadWrite.All', 'application', 'permissions.reason.changeGroupMembers'],
  ['RoleManagement.Read.Directory', 'application', 'permissions.reason.readAdministrators'],
  ['Organization.Read.All', 'application', 'permissions.reason.readOrganization'],
  ['AuditLog.Read.All', 'application', 'permissions.reason.readSignIns'],
  ['Exchange.ManageAsApp', 'application', 'permissions.reason.changeAddresses'],
  ['User Administrator', 'directory-role', 'permissions.reason.resetPasswords'],
  ['Exchange Recipient Administrator', 'directory-role', 'permissions.reason.changeMailboxes'],
] as const;

export function integrationOf(integrated: boolean): Integration {
  return {
    state: integrated ? 'integrated' : 'not-integrated',
    tenant: integrated
      ? {
          tenantId: guid(7, 1),
          displayName: 'Contoso',
          initialDomain: 'contoso.onmicrosoft.com',
          defaultDomain: 'contoso.com',
          defaultUsageLocation: 'DE',
        }
      : null,
    application: integrated
      ? { clientId: guid(7, 2), displayName: 'Isthmus', certificateExpiresAt: '2028-11-20T00:00:00.000Z' }
      : null,
    permissions: needs.map(([permission, kind, reason]) => ({
      permission,
      kind,
      reason,
      optional: permission === 'AuditLog.Read.All',
      granted: integrated ? permission !== 'Directory.Read.All' : null,
    })),
    integratedAt: integrated ? minutesAgo(5000) : null,
    integratedBy: integrated ? 'Ana Abe' : null,
    administrator: integrated ? 'admin@contoso.onmicrosoft.com' : null,
    lastContactAt: integrated ? minutesAgo(1) : null,
    problem: null,
    unfinished: null,
    disabled: null,
  };
}

/** The state behind the fake API, in memory. */
export class FakeWorld {
  readonly options: FakeWorldOptions;
  readonly users: User[];
  readonly jobs: Job[] = [];
  readonly items = new Map<string, JobItem[]>();
  readonly alerts = alerts();
  readonly listeners = new Set<(event: LiveEvent) => void>();
  readonly heldKeys = new Set<string>();
  integration: Integration;
  attempt: SetUpAttempt | undefined;
  domain: DomainDetails | undefined;
  dnsProviders: DnsProviderView[] = [];
  signedIn = false;
  directoryConnected: boolean;
  syncState: SyncStatus['state'] = 'in-step';
  /** What is otherwise than on an ordinary day. */
  sync: Partial<SyncStatus> = {};
  userTemplates: UserTemplate[] = [];
  notifications: NotificationsView = noNotifications;
  /** Of whoever signs in. */
  role: Role = 'administrator';
  readonly driftPolicies: { [Field in ManagedField]?: DriftPolicy | undefined } = {};
  /** Answered instead of the real thing, by operation: a way to make a command fail. */
  readonly failures = new Map<
    string,
    { status: number; code: string; detail: string; remedy?: string; field?: string }
  >();
  #ids = 0;

  constructor(options: Partial<FakeWorldOptions> = {}) {
    this.options = {
      people: 60,
      groups: 12,
      integrated: true,
      directoryConnected: true,
      allSetUp: false,
      itemMs: 20,
      ...options,
    };
    this.users = Array.from({ length: this.options.people }, (_, index) => makePerson(index));
    this.integration = integrationOf(this.options.integrated);
    this.directoryConnected = this.options.directoryConnected;
    if (!this.options.integrated) {
      for (const user of this.users) {
        user.online = null;
        user.may.createOnlineAccount = false;
      }
    }
  }

  nextId(): string {
    this.#ids += 1;
    return guid(100, this.#ids);
  }

  tell(event: LiveEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  user(id: string): User | undefined {
    return this.users.find((user) => user.id === id);
  }
}

export function planOf(
  people: readonly User[],
  actionsOf: (user: User) => readonly PlannedAction['type'][],
  blockedOf: (user: User) => Plan['items'][number]['blocked'] = () => null,
): Plan {
  const items = people.map((user) => ({
    subject: {
      userId: user.id,
      onlineAccountId: user.online?.id ?? null,
      name: user.displayName,
      userName: user.userName,
      address: user.online?.address ?? null,
    },
    actions: actionsOf(user).map((type) => ({
      type,
      side: type.startsWith('directory')
        ? ('directory' as const)
        : type.startsWith('online')
          ? ('online' as const)
          : ('isthmus' as const),
      reason: 'asked',
      changes: [],
    })),
    warnings: [],
    blocked: blockedOf(user),
  }));
  const counts: Record<string, number> = {};
  for (const { type } of items.flatMap((item) => item.actions)) counts[type] = (counts[type] ?? 0) + 1;
  return { items, counts, warnings: [], blocked: null };
}
