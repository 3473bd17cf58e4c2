import type { CommandResult } from '@isthmus/contracts';
import { Secret } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, runCommand } from '../commands/index.ts';
import { readTenantFacts } from '../online-accounts/index.ts';
import { readBannedWords } from '../password-policy/index.ts';
import type { PersonStore } from '../people/index.ts';
import { fillNewUser, findUserTemplate } from '../user-templates/index.ts';
import { readPlanNames } from './commandContext.ts';
import { findContainer } from './findContainer.ts';
import { findNameHolders } from './findNameHolders.ts';
import { type AddUserFacts, type NewUserRequest, planAddUser } from './planAddUser.ts';
import { findAccount } from './readAssignFacts.ts';

async function readFacts(
  platform: Platform,
  people: PersonStore,
  request: NewUserRequest,
  passwordRef: string,
): Promise<AddUserFacts> {
  const directory = platform.connections.getDirectory();
  const info = await directory.info();
  const suffix = request.upnSuffix ?? info.domainName;
  const integrated = platform.connections.findMicrosoft365() !== undefined;
  const accountId = request.assignOnlineAccountId?.toLowerCase();
  const [containerDn, holders, tenant, banned, assigned] = await Promise.all([
    findContainer(platform, request.containerDn),
    findNameHolders(platform, {
      userName: request.userName,
      upn: `${request.userName}@${suffix}`,
      displayName: request.displayName,
    }),
    integrated && request.online != null ? readTenantFacts(platform) : undefined,
    readBannedWords(platform.settings),
    accountId === undefined ? undefined : findAccount(platform, people, accountId),
  ]);
  return {
    directory: info,
    containerDn,
    banned,
    ...holders,
    tenant,
    passwordRef,
    assigned,
  };
}

/** Adds a person to the directory, and to the tenant when an online account is wanted. */
export async function addUser(
  platform: Platform,
  people: PersonStore,
  call: CommandCall,
  given: NewUserRequest,
): Promise<CommandResult> {
  const { templateId } = given;
  const request = templateId === undefined ? given : fillNewUser(given, await findUserTemplate(platform, templateId));
  return runCommand(platform, call, {
    kind: 'add-user',
    title: `Add ${request.displayName}`,
    auditAction: 'user.add',
    auditVerb: 'Added',
    names: await readPlanNames(platform),
    plan: async (keep) =>
      planAddUser(request, await readFacts(platform, people, request, await keep(new Secret(request.password)))),
  });
}
