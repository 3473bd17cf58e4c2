import type { ImportUsers, Notice, UserFileRow, UserImportField } from '@isthmus/contracts';
import { asked, type PlannedAction } from '../commands/index.ts';
import {
  type AddressBook,
  createAction,
  type KnownLicense,
  licenseProblems,
  newAddressProblem,
} from '../online-accounts/index.ts';
import type { Person } from '../people/index.ts';
import type { DirectoryFacts, Placement } from './planImportOnlineAccounts.ts';

export type Columns = Readonly<Partial<Record<UserImportField, string>>>;
export type Values = UserFileRow['values'];

export interface ImportUsersRequest extends Placement {
  readonly rows: readonly UserFileRow[];
  readonly columns: Columns;
  readonly existing: NonNullable<ImportUsers['existing']>;
}

export interface ImportUsersFacts {
  readonly directory: DirectoryFacts;
  /** Who has one of the user names already, by the user name in lower case. */
  readonly existing: ReadonlyMap<string, Person>;
  /** Undefined = not integrated. */
  readonly tenant:
    | {
        readonly book: AddressBook;
        readonly verifiedDomains: ReadonlySet<string>;
        readonly licenses: readonly KnownLicense[];
        /** Ids of products by id, name and part number in lower case. */
        readonly licenseIds: ReadonlyMap<string, string>;
        readonly usageLocation: string | undefined;
      }
    | undefined;
  readonly passwordRef: (index: number) => string;
}

/** What earlier rows of the file have taken. */
interface Taken {
  readonly names: Map<string, string>;
  readonly addresses: Map<string, string>;
  readonly seats: Map<string, number>;
}

export interface Context {
  readonly request: ImportUsersRequest;
  readonly facts: ImportUsersFacts;
  readonly taken: Taken;
}

export interface OnlinePart {
  readonly address: string;
  readonly skuIds: readonly string[];
  readonly usageLocation: string;
}

export type Found<Value> = { readonly value: Value; readonly problem?: undefined } | { readonly problem: Notice };

/** Licenses as people write them: part number, name or id, with a semicolon or bar between two. */
function findLicenses(text: string, tenant: ImportUsersFacts['tenant']): Found<readonly string[]> {
  const names = text
    .split(/[;|]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const ids = names.map((name) => tenant?.licenseIds.get(name.toLowerCase()));
  const unknown = names[ids.indexOf(undefined)];
  if (unknown === undefined) return { value: [...new Set(ids.filter((id) => id !== undefined))] };
  return {
    problem: {
      code: 'online.license-unknown',
      message: `The tenant has no license “${unknown}”.`,
      remedy: `Use one of: ${(tenant?.licenses ?? []).map(({ name }) => name).join(', ')}; a semicolon between two.`,
      field: 'licenses',
    },
  };
}

function notIntegrated(): Notice {
  return {
    code: 'integration.not-integrated',
    message: 'Microsoft 365 is not integrated yet, so there can be no online account.',
    remedy: 'Integrate first, or leave the online address out.',
    field: 'onlineAddress',
  };
}

function addressProblem(address: string, { facts, taken }: Context): Notice | undefined {
  const { tenant } = facts;
  if (tenant === undefined) return notIntegrated();
  const problem = newAddressProblem(address, tenant.book, tenant.verifiedDomains);
  const twin = taken.addresses.get(address.toLowerCase());
  if (problem !== undefined || twin === undefined) return problem;
  return {
    code: 'online.address-taken',
    message: `${address} is also given to ${twin}.`,
    remedy: 'Give one of them another address.',
  };
}

function seatProblem(skuIds: readonly string[], { facts, taken }: Context): Notice | undefined {
  return skuIds
    .flatMap((skuId) => licenseProblems([skuId], facts.tenant?.licenses ?? [], (taken.seats.get(skuId) ?? 0) + 1))
    .at(0);
}

/** The online account that a row asks for; undefined when it asks for none. */
export function readOnline(values: Values, context: Context, has: Person['online']): Found<OnlinePart | undefined> {
  const { tenant } = context.facts;
  const address = values.onlineAddress;
  if (address === undefined) return { value: undefined };
  const problem = has === undefined ? addressProblem(address, context) : undefined;
  if (problem !== undefined) return { problem: { ...problem, field: 'onlineAddress' } };
  const licenses = findLicenses(values.licenses ?? '', tenant);
  if (licenses.problem !== undefined) return licenses;
  const skuIds = licenses.value.filter((skuId) => has?.skuIds.includes(skuId) !== true);
  const short = seatProblem(skuIds, context);
  if (short !== undefined) return { problem: { ...short, field: 'licenses' } };
  const usageLocation = values.usageLocation ?? has?.usageLocation ?? tenant?.usageLocation;
  if (usageLocation !== undefined) return { value: { address, skuIds, usageLocation } };
  return {
    problem: {
      code: 'online.usage-location-missing',
      message: 'Microsoft 365 needs to know in which country the person works.',
      remedy: 'Add a column usageLocation with two letters, such as DE.',
      field: 'usageLocation',
    },
  };
}

export function takeOnline(online: OnlinePart | undefined, name: string, { taken }: Context): void {
  if (online === undefined) return;
  taken.addresses.set(online.address.toLowerCase(), name);
  for (const skuId of online.skuIds) taken.seats.set(skuId, (taken.seats.get(skuId) ?? 0) + 1);
}

export function onlineActions(
  online: OnlinePart | undefined,
  fields: Partial<Record<UserImportField, string>>,
  signInAllowed: boolean,
  passwordRef?: string,
): PlannedAction[] {
  if (online === undefined) return [];
  const of = (field: UserImportField): string => fields[field] ?? '';
  const create = createAction(
    {
      userName: of('userName'),
      displayName: of('displayName'),
      givenName: of('givenName'),
      surname: of('surname'),
      department: of('department'),
      title: of('title'),
      office: of('office'),
      phone: of('phone'),
      mobile: of('mobile'),
      company: of('company'),
    },
    { ...online, signInAllowed, ...(passwordRef === undefined ? {} : { passwordRef }) },
  );
  return [asked(create), ...licenseActions(online)];
}

export function licenseActions({ skuIds }: OnlinePart): PlannedAction[] {
  return skuIds.length === 0 ? [] : [asked({ type: 'online.assign-licenses', skuIds })];
}
