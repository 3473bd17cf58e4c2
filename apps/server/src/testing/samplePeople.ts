import type { DirectoryUser } from '@isthmus/directory';
import { bytesFromGuid, type OnlineAccountId, parseOnlineAccountId, parseUserId, type UserId } from '@isthmus/kernel';
import type { OnlineAccount } from '@isthmus/microsoft365';
import type { Person, PersonOrAccount } from '../features/people/index.ts';

function guid(kind: string, number: number): string {
  return `${kind}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function sampleUserId(number: number): UserId {
  return parseUserId(guid('0a0a0a0a', number));
}

export function sampleOnlineId(number: number): OnlineAccountId {
  return parseOnlineAccountId(guid('0b0b0b0b', number));
}

/** A user account whose properties follow from its number. */
export function sampleUser(number: number, changes: Partial<DirectoryUser> = {}): DirectoryUser {
  const id = sampleUserId(number);
  return {
    id,
    dn: `CN=Person ${number},OU=Staff,DC=corp,DC=contoso,DC=test`,
    userName: `person${number}`,
    upn: `person${number}@corp.contoso.test`,
    displayName: `Person ${number}`,
    givenName: 'Person',
    surname: String(number),
    mail: undefined,
    department: 'Sales',
    title: 'Clerk',
    office: '',
    phone: '',
    mobile: '',
    company: 'Contoso',
    description: '',
    managerDn: undefined,
    groupDns: [],
    enabled: true,
    locked: false,
    expiresAt: undefined,
    passwordSetAt: new Date('2026-01-05T08:00:00.123Z'),
    passwordNeverExpires: false,
    lastSignInAt: undefined,
    createdAt: new Date('2025-01-01T00:00:00Z'),
    anchor: Buffer.from(bytesFromGuid(id)).toString('base64'),
    protectedAdministrator: false,
    builtIn: false,
    ...changes,
  };
}

/** The online account that fits {@link sampleUser}. */
export function sampleOnline(number: number, changes: Partial<OnlineAccount> = {}): OnlineAccount {
  const user = sampleUser(number);
  return {
    id: sampleOnlineId(number),
    upn: `${user.userName}@contoso.example`,
    displayName: user.displayName,
    givenName: user.givenName,
    surname: user.surname,
    mail: undefined,
    department: user.department,
    jobTitle: user.title,
    officeLocation: undefined,
    mobilePhone: undefined,
    businessPhones: [],
    companyName: user.company,
    signInAllowed: true,
    immutableId: user.anchor,
    usageLocation: 'DE',
    skuIds: [],
    inheritedSkuIds: [],
    disabledPlans: {},
    proxyAddresses: [],
    synchronizedByOthers: false,
    sessionsValidFrom: undefined,
    createdAt: new Date('2025-01-01T00:00:00Z'),
    deletedAt: undefined,
    ...changes,
  };
}

/** A linked person, in step. */
export function samplePerson(number: number, changes: Partial<Person> = {}): Person {
  return {
    user: sampleUser(number),
    accessLevel: 'standard',
    removedAt: undefined,
    returnedAt: undefined,
    online: sampleOnline(number),
    onlineGoneAt: undefined,
    tenantRole: undefined,
    link: {
      since: new Date('2025-01-01T00:00:00Z'),
      addressFollows: 'user-name',
      blockedByUs: false,
      revokeDue: false,
      hold: undefined,
    },
    password: undefined,
    offboarding: undefined,
    ...changes,
  };
}

/** An online account that no user has. */
export function sampleAccount(number: number, changes: Partial<OnlineAccount> = {}): PersonOrAccount {
  return {
    user: undefined,
    accessLevel: undefined,
    removedAt: undefined,
    returnedAt: undefined,
    online: sampleOnline(number, { immutableId: undefined, ...changes }),
    onlineGoneAt: undefined,
    tenantRole: undefined,
    link: undefined,
    password: undefined,
    offboarding: undefined,
  };
}
