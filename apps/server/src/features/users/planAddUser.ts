import type { Notice, newUserSchema } from '@isthmus/contracts';
import type { DirectoryInfo } from '@isthmus/directory';
import type { z } from 'zod';
import { asked, type PlannedAction, type PlannedCommand } from '../commands/index.ts';
import {
  type AddressBook,
  createAction,
  type KnownLicense,
  licenseProblems,
  newAddressProblem,
} from '../online-accounts/index.ts';
import { passwordProblems } from '../password-policy/index.ts';
import { type AssignFacts, accountProblem, foreignMark } from './planAssign.ts';

export type NewUserRequest = z.output<typeof newUserSchema>;

/** Somebody who already has one of the names. */
export interface NameHolder {
  readonly name: string;
}

export interface TenantFactsForNewUser {
  readonly book: AddressBook;
  readonly verifiedDomains: ReadonlySet<string>;
  readonly licenses: readonly KnownLicense[];
  readonly usageLocation: string | undefined;
}

export interface AddUserFacts {
  readonly directory: Pick<DirectoryInfo, 'domainName' | 'upnSuffixes' | 'passwordPolicy'>;
  readonly containerDn: string;
  /** Words that no password may be built on. */
  readonly banned: readonly string[];
  /** Holders of the names wanted, from the mirror and from the directory itself. */
  readonly sameUserName: NameHolder | undefined;
  readonly sameUpn: NameHolder | undefined;
  readonly sameDisplayName: NameHolder | undefined;
  /** Undefined = not integrated. */
  readonly tenant: TenantFactsForNewUser | undefined;
  readonly passwordRef: string;
  /** The account that is to be assigned, as far as it is known. */
  readonly assigned: Pick<AssignFacts, 'account' | 'holder'> | undefined;
}

function upnOf(request: NewUserRequest, facts: AddUserFacts): string {
  return `${request.userName}@${request.upnSuffix ?? facts.directory.domainName}`;
}

function nameProblem(request: NewUserRequest, facts: AddUserFacts): Notice | undefined {
  const suffix = request.upnSuffix ?? facts.directory.domainName;
  const known = facts.directory.upnSuffixes.some((entry) => entry.toLowerCase() === suffix.toLowerCase());
  if (!known) {
    return {
      code: 'directory.upn-suffix-unknown',
      message: `The directory does not know the suffix ${suffix}.`,
      remedy: `Use one of: ${facts.directory.upnSuffixes.join(', ')}.`,
      field: 'upnSuffix',
    };
  }
  if (facts.sameUserName !== undefined) {
    return {
      code: 'directory.user-name-taken',
      message: `The user name ${request.userName} belongs to ${facts.sameUserName.name}.`,
      remedy: 'Choose another user name.',
      field: 'userName',
    };
  }
  if (request.userName.endsWith('.')) {
    return {
      code: 'directory.invalid-value',
      message: 'A user name cannot end with a dot.',
      remedy: 'Leave the dot out.',
      field: 'userName',
    };
  }
  if (facts.sameUpn === undefined) return undefined;
  return {
    code: 'directory.upn-taken',
    message: `${upnOf(request, facts)} belongs to ${facts.sameUpn.name}.`,
    remedy: 'Choose another user name or suffix.',
    field: 'userName',
  };
}

function atField(notice: Notice | undefined, field: string): Notice | undefined {
  return notice === undefined ? undefined : { ...notice, field };
}

function onlineProblem(request: NewUserRequest, facts: AddUserFacts): Notice | undefined {
  const { online } = request;
  if (online == null) return undefined;
  const { tenant } = facts;
  if (tenant === undefined) {
    return {
      code: 'integration.not-integrated',
      message: 'Microsoft 365 is not integrated yet, so there can be no online account.',
      remedy: 'Integrate first, or add the user account alone.',
      field: 'online',
    };
  }
  if ((online.usageLocation ?? tenant.usageLocation) === undefined) {
    return {
      code: 'online.usage-location-missing',
      message: 'Microsoft 365 needs to know in which country the person works.',
      remedy: 'Choose a country.',
      field: 'online.usageLocation',
    };
  }
  return (
    atField(newAddressProblem(online.address, tenant.book, tenant.verifiedDomains), 'online.address') ??
    atField(licenseProblems(online.skuIds, tenant.licenses, 1).at(0), 'online.skuIds')
  );
}

function assignProblem(request: NewUserRequest, { assigned }: AddUserFacts): Notice | undefined {
  if (request.assignOnlineAccountId === undefined) return undefined;
  const field = 'assignOnlineAccountId';
  if (request.online != null) {
    return {
      code: 'users.online-both-ways',
      message: 'An online account is to be made and another one assigned.',
      remedy: 'Choose one of the two.',
      field,
    };
  }
  if (assigned !== undefined) return atField(accountProblem(assigned), field);
  return {
    code: 'online.account-not-found',
    message: 'There is no such online account.',
    remedy: 'Refresh the list; it may have been removed meanwhile.',
    field,
  };
}

function directoryUserOf(request: NewUserRequest, facts: AddUserFacts) {
  const optional = {
    mail: request.mail ?? request.online?.address,
    department: request.department,
    title: request.title,
    office: request.office,
    phone: request.phone,
    mobile: request.mobile,
    company: request.company,
    description: request.description,
  };
  const given = Object.entries(optional).filter(([, value]) => value !== undefined && value !== '');
  return {
    userName: request.userName,
    upn: upnOf(request, facts),
    displayName: request.displayName,
    givenName: request.givenName,
    surname: request.surname,
    mustChangePassword: request.mustChangePassword,
    containerDn: facts.containerDn,
    ...(Object.fromEntries(given) as { [Field in keyof typeof optional]?: string }),
  };
}

function onlineActions(request: NewUserRequest, facts: AddUserFacts): PlannedAction[] {
  const { online } = request;
  if (online == null) return [];
  const create = createAction(
    {
      userName: request.userName,
      displayName: request.displayName,
      givenName: request.givenName,
      surname: request.surname,
      department: request.department ?? '',
      title: request.title ?? '',
      office: request.office ?? '',
      phone: request.phone ?? '',
      mobile: request.mobile ?? '',
      company: request.company ?? '',
    },
    {
      address: online.address,
      usageLocation: online.usageLocation ?? facts.tenant?.usageLocation ?? '',
      signInAllowed: true,
      passwordRef: facts.passwordRef,
    },
  );
  const licenses: PlannedAction[] =
    online.skuIds.length === 0 ? [] : [asked({ type: 'online.assign-licenses', skuIds: online.skuIds })];
  return [asked(create), ...licenses];
}

function warningsFor(request: NewUserRequest, facts: AddUserFacts): Notice[] {
  const same = facts.sameDisplayName;
  const duplicate: Notice[] =
    same === undefined
      ? []
      : [
          {
            code: 'users.display-name-exists',
            message: `Somebody else is also called ${request.displayName}.`,
            remedy: 'Make the display names different if people have to tell them apart.',
          },
        ];
  const mustChange: Notice[] =
    request.mustChangePassword && (request.online != null || request.assignOnlineAccountId !== undefined)
      ? [
          {
            code: 'users.must-change-first',
            message: 'The online account gets this password too, until the person has chosen a new one at work.',
          },
        ]
      : [];
  const foreign = facts.assigned === undefined ? [] : foreignMark(facts.assigned.account, undefined);
  return [...duplicate, ...mustChange, ...foreign];
}

/** Pure: the user account with its groups, and the online account when one is wanted. */
export function planAddUser(request: NewUserRequest, facts: AddUserFacts): PlannedCommand {
  const blocked =
    nameProblem(request, facts) ??
    passwordProblems(request.password, {
      policy: facts.directory.passwordPolicy,
      banned: facts.banned,
      owner: request,
      online: request.online != null || request.assignOnlineAccountId !== undefined,
    })[0] ??
    onlineProblem(request, facts) ??
    assignProblem(request, facts);
  const actions = [
    asked({
      type: 'directory.add-user',
      user: directoryUserOf(request, facts),
      passwordRef: facts.passwordRef,
    }),
    ...[...new Set(request.groupDns ?? [])].map((groupDn) => asked({ type: 'directory.add-to-group', groupDn })),
    ...onlineActions(request, facts),
    ...(request.assignOnlineAccountId === undefined
      ? []
      : [asked({ type: 'link.create', onlineAccountId: request.assignOnlineAccountId.toLowerCase() })]),
  ];
  return {
    people: [
      {
        subject: {
          userId: null,
          onlineAccountId: null,
          name: request.displayName,
          userName: request.userName,
          address: request.online?.address ?? null,
        },
        actions: blocked === undefined ? actions : [],
        warnings: warningsFor(request, facts),
        ...(blocked === undefined ? {} : { blocked }),
      },
    ],
    warnings: [],
  };
}
