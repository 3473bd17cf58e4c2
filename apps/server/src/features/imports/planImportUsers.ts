import type { Notice, UserFileRow, UserImportField } from '@isthmus/contracts';
import { asked, type PlannedAction, type PlannedCommand, type PlannedPerson, subjectOf } from '../commands/index.ts';
import type { Person } from '../people/index.ts';
import { atCell, checkUserRow } from './checkUserRow.ts';
import {
  type Context,
  type Found,
  type ImportUsersFacts,
  type ImportUsersRequest,
  licenseActions,
  type OnlinePart,
  onlineActions,
  readOnline,
  takeOnline,
  type Values,
} from './onlinePartOfRow.ts';
import { namesProblem, rememberNames, upnFor } from './planImportOnlineAccounts.ts';

/** The fields of a row that are properties of the user account. */
const PROPERTIES = [
  'givenName',
  'surname',
  'displayName',
  'mail',
  'department',
  'title',
  'office',
  'phone',
  'mobile',
  'company',
  'description',
] as const satisfies readonly UserImportField[];

function propertiesOf(values: Values): Partial<Record<(typeof PROPERTIES)[number], string>> {
  return Object.fromEntries(
    PROPERTIES.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]])),
  );
}

function planNew(row: UserFileRow, index: number, context: Context): Found<readonly PlannedAction[]> {
  const { request, facts, taken } = context;
  const { directory } = facts;
  const { values } = row;
  const userName = values.userName ?? '';
  const displayName = values.displayName ?? userName;
  const names = { userName, upn: upnFor(userName, values.onlineAddress, directory) };
  const problem = namesProblem(names, directory.names, taken.names);
  if (problem !== undefined) return { problem };
  const online = readOnline(values, context, undefined);
  if (online.problem !== undefined) return online;
  rememberNames(taken.names, names, displayName);
  takeOnline(online.value, displayName, context);
  const passwordRef = facts.passwordRef(index);
  const properties = propertiesOf(values);
  const add = asked({
    type: 'directory.add-user',
    user: {
      givenName: '',
      surname: '',
      ...(values.onlineAddress === undefined ? {} : { mail: values.onlineAddress }),
      ...properties,
      ...names,
      displayName,
      mustChangePassword: true,
      containerDn: request.containerDn,
    },
    passwordRef,
    generated: { minimumLength: directory.minimumPasswordLength },
  });
  const groups = [...new Set(request.groupDns)].map((groupDn) => asked({ type: 'directory.add-to-group', groupDn }));
  return { value: [add, ...groups, ...onlineActions(online.value, values, true, passwordRef)] };
}

function refuseExisting(person: Person, values: Values): Notice | undefined {
  const name = person.user.displayName || person.user.userName;
  if (person.user.builtIn || person.user.protectedAdministrator) {
    return {
      code: 'users.built-in',
      message: `${person.user.userName} is an account of the directory itself or administers it.`,
      remedy: 'Leave it out; such accounts are not changed by a file.',
      field: 'userName',
    };
  }
  const address = values.onlineAddress;
  if (address === undefined || person.online === undefined) return undefined;
  if (person.online.upn.toLowerCase() === address.toLowerCase() && person.online.deletedAt === undefined)
    return undefined;
  return {
    code: 'users.link-taken',
    message: `${name} has the online account ${person.online.upn}.`,
    remedy: 'Put that address into the file, or leave the column empty for this person.',
    field: 'onlineAddress',
  };
}

function differs(names: readonly string[]): Notice {
  return {
    code: 'imports.user-differs',
    message: `There is such a user with other values: ${names.join(', ')}.`,
    remedy: 'Choose to change existing people, or leave the row out.',
    field: 'userName',
  };
}

const repeated: Notice = {
  code: 'imports.repeated',
  message: 'The user name is in the file twice.',
  remedy: 'Leave one of the rows out.',
  field: 'userName',
};

/** Values of the row that are not those of the user account. */
function changesOf({ user }: Person, values: Values): Partial<Record<UserImportField, string>> {
  const wanted = Object.entries(propertiesOf(values));
  return Object.fromEntries(wanted.filter(([field, value]) => user[field as keyof typeof user] !== value));
}

/** What the online side lacks of what the row asks for. */
function onlineChanges(person: Person, values: Values, online: OnlinePart | undefined): readonly PlannedAction[] {
  if (online === undefined) return [];
  if (person.online !== undefined) return licenseActions(online);
  const { user } = person;
  const fields = { ...propertiesOf(user as Values), ...propertiesOf(values), userName: user.userName };
  return onlineActions(online, fields, user.enabled);
}

function planExisting(row: UserFileRow, person: Person, context: Context): Found<readonly PlannedAction[]> {
  const { request, taken } = context;
  const { user } = person;
  const isRepeated = taken.names.has(user.userName.toLowerCase());
  const refused = refuseExisting(person, row.values) ?? (isRepeated ? repeated : undefined);
  if (refused !== undefined) return { problem: refused };
  const online = readOnline(row.values, context, person.online);
  if (online.problem !== undefined) return online;
  const changes = changesOf(person, row.values);
  const onlineSide = onlineChanges(person, row.values, online.value);
  const onlineField = person.online === undefined ? 'onlineAddress' : 'licenses';
  const fields = [...Object.keys(changes), ...(onlineSide.length > 0 ? [onlineField] : [])];
  if (fields.length > 0 && request.existing === 'refuse') return { problem: differs(fields) };
  rememberNames(taken.names, { userName: user.userName, upn: user.upn ?? user.userName }, user.displayName);
  takeOnline(online.value, user.displayName, context);
  const changed = Object.keys(changes).length === 0 ? [] : [asked({ type: 'directory.change-user', changes })];
  return { value: [...changed, ...onlineSide] };
}

function planRow(given: UserFileRow, index: number, context: Context): PlannedPerson {
  const { request, facts } = context;
  const row = checkUserRow(given, request.columns);
  const userName = row.values.userName ?? '';
  const person = facts.existing.get(userName.toLowerCase());
  const name = row.values.displayName ?? (userName || `Line ${row.line}`);
  const subject = {
    ...(person === undefined ? { userId: null, onlineAccountId: null } : subjectOf(person)),
    name,
    userName: userName || null,
    address: row.values.onlineAddress ?? null,
  };
  const [first, ...rest] = row.problems;
  if (first !== undefined) return { subject, person, actions: [], warnings: rest, blocked: first };
  const planned = person === undefined ? planNew(row, index, context) : planExisting(row, person, context);
  if (planned.problem === undefined) return { subject, person, actions: planned.value, warnings: [] };
  const field = (planned.problem.field ?? 'userName') as UserImportField;
  const blocked = atCell(row, field, request.columns, planned.problem);
  return { subject, person, actions: [], warnings: [], blocked };
}

/**
 * Pure: the people of a file. Somebody who is there already with the same values is left as is, so that a file can be
 * imported again; what is not in the file stays.
 */
export function planImportUsers(request: ImportUsersRequest, facts: ImportUsersFacts): PlannedCommand {
  const taken = { names: new Map(), addresses: new Map(), seats: new Map() };
  const people = request.rows.map((row, index) => planRow(row, index, { request, facts, taken }));
  return { people, warnings: [] };
}
