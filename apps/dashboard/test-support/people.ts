import type { User, UserDetails, UserTemplate } from '@isthmus/contracts';

const given = [
  'Ana',
  'Björn',
  'Chloé',
  'Dagmar',
  'Emeka',
  'Fatima',
  'Gábor',
  'Hana',
  'Ines',
  'Jürgen',
  'Kateřina',
  'Lars',
];
const family = [
  'Abe',
  'Żółkiewski',
  'O’Brien',
  'López',
  'van der Merwe',
  'Öztürk',
  'Nguyễn',
  'Smith',
  'Ødegård',
  'Ivanova',
];
const departments = ['Sales', 'Engineering', 'Operations', 'Finance', 'Human resources and internal communication'];

/** GUIDs that are the same at every start. */
export function guid(group: number, index: number): string {
  return `${group.toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

export const standardSku = guid(9, 1);
export const premiumSku = guid(9, 2);

/** The people whose screens are the hardest: long, right-to-left and doubled names. */
const special: Readonly<Record<number, string>> = {
  5: 'מרים כהן',
  6: 'Wolfeschlegelsteinhausenbergerdorff Hubert Blaine',
  7: 'Ana Abe',
};

function ascii(text: string): string {
  return text.normalize('NFKD').replaceAll(/[^\w]/g, '').toLowerCase();
}

function stateOf(index: number): User['state'] {
  if (index % 29 === 11) return 'inactive';
  if (index % 53 === 17) return 'expired';
  return 'active';
}

function onlineOf(index: number, userName: string, licensed: boolean): User['online'] {
  return {
    id: guid(2, index),
    address: `${userName}@contoso.com`,
    state: licensed ? 'active' : 'no-license',
    signInAllowed: true,
    hold: null,
    licenses: licensed
      ? [{ skuId: standardSku, name: 'Microsoft 365 Business Standard', inherited: false, disabledPlans: [] }]
      : [],
    usageLocation: 'DE',
    mail: `${userName}@contoso.com`,
    deletedAt: null,
    sessionsValidFrom: null,
  };
}

const passwordStates = [
  'in-step',
  'in-step',
  'in-step',
  'waiting',
  'in-step',
  'rejected',
  'never-captured',
  'must-change',
] as const;

function passwordOf(index: number, linked: boolean): User['password'] {
  const state = linked ? (passwordStates[index % passwordStates.length] ?? 'in-step') : 'not-linked';
  return {
    state,
    since: linked ? '2026-11-20T08:12:00.000Z' : null,
    reason:
      state === 'rejected'
        ? {
            code: 'online.password-refused',
            message: 'Microsoft 365 refused the password, because it is too common.',
            remedy: 'Set a longer password.',
          }
        : null,
    delayMs: state === 'in-step' ? 240 + (index % 400) : null,
  };
}

/** Commands that fit the state of the person, for an administrator. */
export function mayOf(user: Pick<User, 'state' | 'locked' | 'online'>): User['may'] {
  const here = user.state !== 'removed';
  return {
    change: here,
    deactivate: user.state === 'active',
    activate: user.state === 'inactive',
    remove: here,
    restore: !here,
    resetPassword: here,
    unlock: user.locked,
    createOnlineAccount: here && user.online === null,
    lock: here,
    unassign: here && user.online !== null,
    unlink: here && user.online !== null,
    blockOnline: here && user.online?.signInAllowed === true,
    allowOnline: here && user.online?.signInAllowed === false,
    changeLicenses: here && user.online !== null,
    removeOnline: here && user.online !== null,
    changeAddresses: here && user.online !== null,
    offboard: here,
    changeNames: here,
  };
}

export function makePerson(index: number): User {
  const displayName =
    special[index] ?? `${given[index % given.length]} ${family[Math.floor(index / given.length) % family.length]}`;
  const [first = '', ...rest] = displayName.split(' ');
  const userName = `${ascii(displayName).slice(0, 14) || 'miriam'}${index}`;
  const linked = index % 5 !== 3;
  const online = linked ? onlineOf(index, userName, index % 7 !== 4) : null;
  const state = stateOf(index);
  const locked = index % 41 === 9;
  return {
    id: guid(1, index),
    userName,
    upn: `${userName}@contoso.com`,
    displayName,
    givenName: first,
    surname: rest.join(' '),
    mail: linked ? `${userName}@contoso.com` : null,
    department: departments[index % departments.length] ?? '',
    title: '',
    state,
    locked,
    accessLevel: index === 0 ? 'administrator' : 'standard',
    lastSignInAt: index % 3 === 0 ? null : '2026-11-21T16:40:00.000Z',
    online,
    password: passwordOf(index, linked),
    lastSynchronizedAt: linked ? '2026-11-22T07:30:00.000Z' : null,
    may: mayOf({ state, locked, online }),
  };
}

export function detailsOf(user: User): UserDetails {
  return {
    ...user,
    dn: `CN=${user.displayName},OU=People,DC=contoso,DC=com`,
    office: 'Berlin',
    phone: '+49 30 1234',
    mobile: '',
    company: 'Contoso',
    description: '',
    manager: { id: guid(1, 0), name: 'Ana Abe' },
    groups: [
      { dn: 'CN=Staff,OU=Groups,DC=contoso,DC=com', name: 'Staff' },
      { dn: `CN=${user.department},OU=Groups,DC=contoso,DC=com`, name: user.department },
    ],
    expiresAt: null,
    passwordSetAt: '2026-11-20T08:12:00.000Z',
    mustChangePassword: false,
    createdAt: '2025-01-15T09:00:00.000Z',
    removedAt: user.state === 'removed' ? '2026-11-22T09:00:00.000Z' : null,
    restorableUntil: user.state === 'removed' ? '2026-12-22T09:00:00.000Z' : null,
    offboarding:
      user.online?.hold === 'off-boarded'
        ? {
            since: '2026-11-22T09:00:00.000Z',
            by: 'ana.abe',
            groups: ['Staff'],
            removeAt: '2026-12-23T00:00:00.000Z',
          }
        : null,
    protected:
      user.accessLevel === 'administrator'
        ? { code: 'administrator', message: 'Administrators are never removed or blocked by synchronization.' }
        : null,
    drift: user.userName.endsWith('2')
      ? [{ field: 'department', directory: user.department, online: 'Marketing' }]
      : [],
  };
}

/** One with everything, and one that is a name. */
export const sampleTemplates = (): UserTemplate[] => [
  {
    id: guid(12, 1),
    name: 'Sales in Berlin, with a mailbox and the shared calendars',
    description: 'For everybody who begins in the sales department',
    groupDns: ['CN=Staff,OU=Groups,DC=contoso,DC=com', 'CN=Sales,OU=Groups,DC=contoso,DC=com'],
    department: 'Sales',
    title: 'Clerk',
    office: 'Berlin',
    company: 'Contoso',
    online: { domain: 'contoso.com', skuIds: [standardSku], usageLocation: 'DE' },
    changedAt: '2026-11-01T08:00:00.000Z',
    changedBy: 'Ana Abe',
  },
  {
    id: guid(12, 2),
    name: 'Visitors',
    description: '',
    groupDns: [],
    department: '',
    title: '',
    office: '',
    company: '',
    online: null,
    changedAt: '2026-11-02T08:00:00.000Z',
    changedBy: 'Ana Abe',
  },
];
