import { parseOnlineAccountId, type Secret } from '@isthmus/kernel';
import type { AssignedLicense, LicenseAssignmentState, User } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { NewOnlineAccount, OnlineAccount, OnlineAccountChanges } from '../OnlineAccount.ts';
import { readsOf, selectOf } from './typedReads.ts';

/** Everything `OnlineAccount` is made of; most of it is answered only when asked for by name. */
export const SELECT = selectOf<User>(
  'id',
  'userPrincipalName',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'department',
  'jobTitle',
  'officeLocation',
  'mobilePhone',
  'businessPhones',
  'companyName',
  'accountEnabled',
  'onPremisesImmutableId',
  'usageLocation',
  'assignedLicenses',
  'licenseAssignmentStates',
  'proxyAddresses',
  'onPremisesSyncEnabled',
  'signInSessionsValidFromDateTime',
  'createdDateTime',
  'deletedDateTime',
);

const text = z.string().nullish().transform(absent);
const moment = z.string().nullish().transform(readMoment);

function readMoment(value: string | null | undefined): Date | undefined {
  const time = value == null ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** An empty text is how some properties say that they are not set. */
function absent(value: string | null | undefined): string | undefined {
  return value == null || value === '' ? undefined : value;
}

const guids = z
  .array(z.string())
  .nullish()
  .transform((ids) => (ids ?? []).map((id) => id.toLowerCase()).sort());
const guid = z.string().transform((id) => id.toLowerCase());
const assignedLicense = readsOf<AssignedLicense>()({ skuId: guid, disabledPlans: guids });
const assignmentState = readsOf<LicenseAssignmentState>()({ skuId: guid, assignedByGroup: text });

/** A product can be assigned directly and by groups at the same time; the states say by whom. */
function inheritedOf(states: readonly z.infer<typeof assignmentState>[]): string[] {
  const direct = new Set(states.filter((state) => state.assignedByGroup === undefined).map((state) => state.skuId));
  const byGroup = states.filter((state) => state.assignedByGroup !== undefined).map((state) => state.skuId);
  return [...new Set(byGroup)].filter((skuId) => !direct.has(skuId)).sort();
}

function disabledOf(licenses: readonly z.infer<typeof assignedLicense>[]): Record<string, readonly string[]> {
  const partly = licenses.filter((license) => license.disabledPlans.length > 0);
  return Object.fromEntries(partly.map((license) => [license.skuId, license.disabledPlans]));
}

const graphUser = readsOf<User>()({
  id: z.string().transform(parseOnlineAccountId),
  userPrincipalName: z.string().default(''),
  displayName: z.string().nullish(),
  givenName: text,
  surname: text,
  mail: text,
  department: text,
  jobTitle: text,
  officeLocation: text,
  mobilePhone: text,
  businessPhones: z.array(z.string()).nullish(),
  companyName: text,
  accountEnabled: z.boolean().nullish(),
  onPremisesImmutableId: text,
  usageLocation: text,
  assignedLicenses: z.array(assignedLicense).nullish(),
  licenseAssignmentStates: z.array(assignmentState).nullish(),
  proxyAddresses: z.array(z.string()).nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  signInSessionsValidFromDateTime: moment,
  createdDateTime: moment,
  deletedDateTime: moment,
}).transform(
  (user): OnlineAccount => ({
    id: user.id,
    upn: user.userPrincipalName,
    displayName: user.displayName ?? user.userPrincipalName,
    givenName: user.givenName,
    surname: user.surname,
    mail: user.mail,
    department: user.department,
    jobTitle: user.jobTitle,
    officeLocation: user.officeLocation,
    mobilePhone: user.mobilePhone,
    businessPhones: user.businessPhones ?? [],
    companyName: user.companyName,
    signInAllowed: user.accountEnabled ?? false,
    immutableId: user.onPremisesImmutableId,
    usageLocation: user.usageLocation,
    skuIds: (user.assignedLicenses ?? []).map((license) => license.skuId),
    inheritedSkuIds: inheritedOf(user.licenseAssignmentStates ?? []),
    disabledPlans: disabledOf(user.assignedLicenses ?? []),
    proxyAddresses: user.proxyAddresses ?? [],
    synchronizedByOthers: user.onPremisesSyncEnabled ?? false,
    sessionsValidFrom: user.signInSessionsValidFromDateTime,
    createdAt: user.createdDateTime,
    deletedAt: user.deletedDateTime,
  }),
);

/** An account out of an answer that was asked with {@link SELECT}. @throws ZodError */
export function parseAccount(body: unknown): OnlineAccount {
  return graphUser.parse(body);
}

export const accountPage = z.object({
  value: z.array(graphUser),
  '@odata.nextLink': z.string().optional(),
});

/** The id alone: what a refused field of a fresh account must not hide. */
export const createdUser = readsOf<User>()({ id: z.string().transform(parseOnlineAccountId) });

type UserToSend = Omit<User, 'passwordProfile' | 'businessPhones'> & {
  readonly businessPhones?: readonly string[];
  readonly passwordProfile?: { readonly password: Secret; readonly forceChangePasswordNextSignIn: boolean };
};

export function bodyOfNewAccount(account: NewOnlineAccount): UserToSend {
  return {
    accountEnabled: account.signInAllowed,
    userPrincipalName: account.upn,
    displayName: account.displayName,
    mailNickname: account.mailNickname,
    usageLocation: account.usageLocation,
    onPremisesImmutableId: account.immutableId,
    passwordProfile: passwordProfile(account.password, account.mustChangePassword),
    // An empty text is refused where an absent property is fine.
    ...given('givenName', account.givenName),
    ...given('surname', account.surname),
    ...given('department', account.department),
    ...given('jobTitle', account.jobTitle),
    ...given('officeLocation', account.officeLocation),
    ...given('mobilePhone', account.mobilePhone),
    ...given('companyName', account.companyName),
    ...(account.businessPhones === undefined || account.businessPhones.length === 0
      ? {}
      : { businessPhones: account.businessPhones }),
  };
}

function given<Name extends string>(name: Name, value: string | undefined): { [key in Name]?: string } {
  return value === undefined || value === '' ? {} : ({ [name]: value } as { [key in Name]: string });
}

export function passwordProfile(password: Secret, mustChange: boolean) {
  return { password, forceChangePasswordNextSignIn: mustChange };
}

const CHANGE_NAMES = {
  upn: 'userPrincipalName',
  displayName: 'displayName',
  givenName: 'givenName',
  surname: 'surname',
  department: 'department',
  jobTitle: 'jobTitle',
  officeLocation: 'officeLocation',
  mobilePhone: 'mobilePhone',
  businessPhones: 'businessPhones',
  companyName: 'companyName',
  usageLocation: 'usageLocation',
  immutableId: 'onPremisesImmutableId',
} as const satisfies Record<keyof OnlineAccountChanges, keyof User>;

const changeNames = Object.keys(CHANGE_NAMES) as (keyof OnlineAccountChanges)[];

export function bodyOfChanges(changes: OnlineAccountChanges): UserToSend {
  return Object.fromEntries(
    changeNames.flatMap((name) => {
      const value = changes[name];
      return value === undefined ? [] : [[CHANGE_NAMES[name], value === '' ? null : value]];
    }),
  );
}

/** True when the account shows every one of the changes. */
export function shows(account: OnlineAccount, changes: OnlineAccountChanges): boolean {
  return changeNames.every((name) => {
    const wanted = changes[name];
    if (wanted === undefined) return true;
    const found = account[name];
    if (Array.isArray(wanted)) return JSON.stringify(wanted) === JSON.stringify(found);
    // Sign-in names are stored with the case given, but compared without.
    if (name === 'upn') return String(found).toLowerCase() === String(wanted).toLowerCase();
    return (found ?? '') === (wanted ?? '');
  });
}
