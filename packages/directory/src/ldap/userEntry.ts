import { guidFromBytes, parseUserId } from '@isthmus/kernel';
import { z } from 'zod';
import type { DirectoryUser } from '../DirectoryUser.ts';
import { dateFromFileTime, dateFromGeneralizedTime } from './directoryTime.ts';
import type { LdapEntry } from './LdapEntry.ts';

/** Attribute of the directory for each plain text field of a user account. */
export const TEXT_ATTRIBUTES = {
  givenName: 'givenName',
  surname: 'sn',
  mail: 'mail',
  department: 'department',
  title: 'title',
  office: 'physicalDeliveryOfficeName',
  phone: 'telephoneNumber',
  mobile: 'mobile',
  company: 'company',
  description: 'description',
} as const;

/** Attributes whose change is a change of the user account; the change feed watches exactly these. */
export const WATCHED_USER_ATTRIBUTES = [
  'name',
  'parentGUID',
  'sAMAccountName',
  'userPrincipalName',
  'displayName',
  ...Object.values(TEXT_ATTRIBUTES),
  'manager',
  'userAccountControl',
  'lockoutTime',
  'accountExpires',
  'pwdLastSet',
  'adminCount',
  'mS-DS-ConsistencyGuid',
  'servicePrincipalName',
] as const;

/**
 * What a full reading adds: back-linked and noisy attributes that no feed may watch. {@link COMPUTED_CONTROL} is not
 * among them: the server computes it, which takes longer than reading all the others.
 */
export const USER_ATTRIBUTES: readonly string[] = [
  ...WATCHED_USER_ATTRIBUTES.filter((name) => name !== 'name' && name !== 'parentGUID'),
  'objectGUID',
  'objectSid',
  'memberOf',
  'lastLogon',
  'lastLogonTimestamp',
  'whenCreated',
];

/** Accounts of people and only those: computers, trusts and contacts have another account type. */
export const USER_FILTER = '(&(objectCategory=person)(objectClass=user)(sAMAccountType=805306368))';

/** Says whether a lock still holds; only worth asking for when there was a lock. */
export const COMPUTED_CONTROL = 'msDS-User-Account-Control-Computed';

export const ACCOUNT_DISABLED = 0x2;
const LOCKED_OUT = 0x10;
const PASSWORD_NEVER_EXPIRES = 0x1_0000;
/** Relative ids below this belong to accounts that the directory made itself. */
const FIRST_OWN_RID = 1000;
const ADMINISTRATOR_RID = 500;

const entrySchema = z.object({
  objectGUID: z.instanceof(Buffer).refine((bytes) => bytes.length === 16),
  sAMAccountName: z.string().min(1),
  userAccountControl: z.coerce.number().int(),
  computedControl: z.coerce.number().int().default(0),
  consistencyGuid: z
    .instanceof(Buffer)
    .refine((bytes) => bytes.length === 16)
    .optional()
    .catch(undefined),
});

function relativeId(sid: Buffer | undefined): number | undefined {
  return sid === undefined || sid.length < 12 ? undefined : sid.readUInt32LE(sid.length - 4);
}

/** Accounts of the directory and of services, which nobody manages as a person. */
function isBuiltIn(entry: LdapEntry, userName: string): boolean {
  const rid = relativeId(entry.bytes('objectSid'));
  if (rid !== undefined && rid < FIRST_OWN_RID && rid !== ADMINISTRATOR_RID) return true;
  if (/^(krbtgt(_.*)?|MSOL_.*|AAD_.*|SM_[0-9a-f]{17}|HealthMailbox.*|dns-.*|isthmus-check-.*)$/i.test(userName))
    return true;
  if (userName.endsWith('$')) return true;
  const namedLikeAPerson = entry.has('givenName') || entry.has('sn') || entry.has('mail');
  return entry.has('servicePrincipalName') && !namedLikeAPerson;
}

function latest(...dates: (Date | undefined)[]): Date | undefined {
  const times = dates.filter((date) => date !== undefined).map((date) => date.getTime());
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}

function textFields(entry: LdapEntry) {
  const text = (name: keyof typeof TEXT_ATTRIBUTES): string => entry.text(TEXT_ATTRIBUTES[name]) ?? '';
  return {
    givenName: text('givenName'),
    surname: text('surname'),
    mail: entry.text('mail'),
    department: text('department'),
    title: text('title'),
    office: text('office'),
    phone: text('phone'),
    mobile: text('mobile'),
    company: text('company'),
    description: text('description'),
  };
}

export function wasEverLocked(entry: LdapEntry): boolean {
  return BigInt(entry.text('lockoutTime') ?? 0) > 0n;
}

/**
 * @param computedControl value of {@link COMPUTED_CONTROL} when the account was ever locked
 * @throws ZodError when the entry is no user account
 */
export function parseUserEntry(entry: LdapEntry, computedControl?: string): DirectoryUser {
  const parsed = entrySchema.parse({
    objectGUID: entry.bytes('objectGUID'),
    sAMAccountName: entry.text('sAMAccountName'),
    userAccountControl: entry.text('userAccountControl'),
    computedControl: computedControl,
    consistencyGuid: entry.bytes('mS-DS-ConsistencyGuid'),
  });
  const control = parsed.userAccountControl;
  return {
    id: parseUserId(guidFromBytes(parsed.objectGUID)),
    dn: entry.dn,
    userName: parsed.sAMAccountName,
    upn: entry.text('userPrincipalName'),
    displayName: entry.text('displayName') ?? '',
    ...textFields(entry),
    managerDn: entry.text('manager'),
    groupDns: entry.texts('memberOf'),
    enabled: (control & ACCOUNT_DISABLED) === 0,
    locked: (parsed.computedControl & LOCKED_OUT) !== 0,
    expiresAt: dateFromFileTime(entry.text('accountExpires')),
    passwordSetAt: dateFromFileTime(entry.text('pwdLastSet')),
    passwordNeverExpires: (control & PASSWORD_NEVER_EXPIRES) !== 0,
    lastSignInAt: latest(dateFromFileTime(entry.text('lastLogon')), dateFromFileTime(entry.text('lastLogonTimestamp'))),
    createdAt: dateFromGeneralizedTime(entry.text('whenCreated')),
    anchor: (parsed.consistencyGuid ?? parsed.objectGUID).toString('base64'),
    protectedAdministrator: Number(entry.text('adminCount') ?? 0) > 0,
    builtIn: isBuiltIn(entry, parsed.sAMAccountName),
  };
}
