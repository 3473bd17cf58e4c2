import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../secrets.ts';
import type { Properties, UserRecord } from '../../store/records.ts';
import { badRequest, missingValue } from '../errors.ts';
import { created, type GraphAnswer, type GraphCall } from '../GraphCall.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { checkNewPassword } from './passwordRules.ts';
import { readUser } from './readUser.ts';
import { readUserInput, type UserInput } from './userInput.ts';
import { checkUnique, checkValues, withMail } from './userRules.ts';
import { userType } from './userType.ts';

const required = ['accountEnabled', 'displayName', 'mailNickname', 'userPrincipalName'];

/** POST /users */
export function createUser(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const input = readUserInput(call.body);
  checkComplete(input);
  checkValues(tenant, input.properties);
  const password = input.passwordProfile?.password;
  if (password === undefined || password === '') throw badRequest('A password must be specified to create a new user.');
  if (!checkNewPassword(password, input.properties)) throw weakPassword();
  checkUnique(tenant, input.properties);
  const user = world.transaction(() => tenant.saveUser(newUser(call, input, password)));
  return created(
    {
      '@odata.context': contextOf(call, 'users', true),
      ...project((name) => readUser(user, name), defaultNames(userType)),
    },
    {
      location: `https://graph.microsoft.com/v2/${tenant.id}/directoryObjects/${user.id}/Microsoft.DirectoryServices.User`,
    },
  );
}

export function weakPassword(): Error {
  return badRequest(
    'The specified password does not comply with password complexity requirements. Please provide a different password.',
  );
}

function checkComplete({ properties, passwordProfile }: UserInput): void {
  for (const name of required) {
    if (properties[name] === undefined || properties[name] === null) throw missingValue(name, 'User');
  }
  if (passwordProfile === undefined) throw badRequest('A password must be specified to create a new user.');
}

function newUser(call: GraphCall, input: UserInput, password: string): Omit<UserRecord, 'changed' | 'changeNumber'> {
  const now = call.tenant.now().toISOString();
  const id = randomUUID();
  const properties: Properties = {
    businessPhones: [],
    otherMails: [],
    proxyAddresses: [],
    createdDateTime: now,
    lastPasswordChangeDateTime: now,
    signInSessionsValidFromDateTime: now,
    userType: 'Member',
    ...input.properties,
  };
  const user: UserRecord = {
    id,
    properties,
    password: hashPassword(password, input.passwordProfile?.mustChange ?? true),
    licenses: [],
    managerId: null,
    mailFromMailbox: false,
    changed: {},
    changeNumber: 0,
  };
  const mail = input.properties['mail'];
  return mail ? { ...user, properties: { ...properties, ...withMail(user, mail) } } : user;
}
