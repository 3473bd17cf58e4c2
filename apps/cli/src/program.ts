import { Command } from 'commander';
import { addAlertCommands } from './commands/alerts/alerts.ts';
import { addAuditCommands } from './commands/audit/audit.ts';
import { addDomainCommands } from './commands/domains/domains.ts';
import { addGroupCommands } from './commands/groups/groups.ts';
import { addIntegrationCommands } from './commands/integration/integration.ts';
import { addJobCommands } from './commands/jobs/jobs.ts';
import { addLicenseCommands } from './commands/licenses/licenses.ts';
import { addNotificationCommands } from './commands/notifications/notifications.ts';
import { addOnlineAccountCommands } from './commands/online-accounts/onlineAccounts.ts';
import { addPasswordPolicyCommands } from './commands/password-policy/passwordPolicy.ts';
import { addServerCommands } from './commands/server/server.ts';
import { addLogin } from './commands/session/login.ts';
import { addLogout } from './commands/session/logout.ts';
import { addSyncCommands } from './commands/sync/sync.ts';
import { addAddUser } from './commands/users/addUser.ts';
import { addChangeUser } from './commands/users/changeUser.ts';
import { addUserCommands } from './commands/users/commandUsers.ts';
import { addImportUsers } from './commands/users/importUsers.ts';
import { addListUsers } from './commands/users/listUsers.ts';
import { addMailAddresses } from './commands/users/mailAddresses.ts';
import { addShowUser } from './commands/users/showUser.ts';
import { addChangeDomain } from './commands/users/signInNames.ts';
import { addUserTemplates } from './commands/users/userTemplates.ts';
import { ExitCode } from './ExitCode.ts';

/** Every command. `--json` may stand anywhere on the line. */
export function createProgram(version: string): Command {
  const program = new Command('isthmus')
    .description('On-premises Active Directory and Microsoft 365, managed as one.')
    .version(version)
    .showHelpAfterError('Add --help to see what the command takes.')
    .exitOverride((error) => {
      throw Object.assign(error, { exitCode: error.exitCode === 0 ? ExitCode.ok : ExitCode.usage });
    });
  addServerCommands(program);
  addLogin(program);
  addLogout(program);
  addIntegrationCommands(program);
  addDomainCommands(program);
  addGroupCommands(program);
  addLicenseCommands(program);
  addPasswordPolicyCommands(program);
  const user = program.command('user').description('people, on both sides');
  addListUsers(user);
  addShowUser(user);
  addAddUser(user);
  addChangeUser(user);
  addUserCommands(user);
  addMailAddresses(user);
  addChangeDomain(user);
  addImportUsers(user);
  addUserTemplates(user);
  addOnlineAccountCommands(program);
  addSyncCommands(program);
  addJobCommands(program);
  addAlertCommands(program);
  addNotificationCommands(program);
  addAuditCommands(program);
  offerJson(program);
  return program;
}

function offerJson(command: Command): void {
  if (command.commands.length === 0) command.option('--json', 'print the result as JSON');
  for (const child of command.commands) {
    // Options and the error handling of a subcommand are its own in commander; give it ours.
    child.copyInheritedSettings(command);
    offerJson(child);
  }
}
