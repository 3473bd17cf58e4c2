import type { Integration } from '@isthmus/contracts';
import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { ExitCode } from '../../ExitCode.ts';
import { ago } from '../../output/format.ts';
import type { Output } from '../../output/Output.ts';
import { showChecks } from '../../output/showChecks.ts';
import { changeAdministrator, moveTenant, removeRegistration, rotateCertificate } from './administratorCommands.ts';
import { disableIntegration } from './disableIntegration.ts';
import { setUpIntegration } from './setUpIntegration.ts';
import { mailboxUsage, serviceHealth, subscription } from './subscription.ts';

function missingPermissions({ permissions }: Integration): string[] {
  return permissions.filter((need) => need.granted === false).map((need) => need.permission);
}

function showDisabled(output: Output, { disabled }: Integration): void {
  if (disabled === null) return;
  output.line(`${disabled.tenantName} was disabled ${ago(disabled.disabledAt)} by ${disabled.disabledBy}.`);
  for (const object of disabled.leftOver) output.line(`Still in the tenant: ${object}`);
  if (disabled.leftOver.length > 0) output.note('Remove it with: isthmus integration remove-registration');
  if (disabled.remembers)
    output.note(`The links of ${disabled.links} people come back with: isthmus integration set-up`);
}

async function status({ api, output }: Context): Promise<undefined> {
  const integration = await (await api()).call('getIntegration', {});
  output.result(integration, () => {
    output.properties([
      ['State', integration.state],
      [
        'Tenant',
        integration.tenant === null ? '' : `${integration.tenant.displayName} (${integration.tenant.tenantId})`,
      ],
      ['Default domain', integration.tenant?.defaultDomain ?? ''],
      ['Administrator', integration.administrator ?? ''],
      ['Application', integration.application?.clientId ?? ''],
      ['Certificate until', integration.application?.certificateExpiresAt ?? ''],
      ['Last contact', ago(integration.lastContactAt)],
      ['Missing permissions', missingPermissions(integration).join(', ')],
    ]);
    showDisabled(output, integration);
    if (integration.problem !== null) output.notice('Problem', integration.problem);
  });
  return undefined;
}

async function check({ api, output }: Context): Promise<number> {
  const result = await (await api()).call('checkRequirements', {});
  output.result(result, () => showChecks(output, result.checks));
  return result.ready ? ExitCode.ok : ExitCode.failed;
}

export function addIntegrationCommands(program: Command): void {
  const noun = program.command('integration').description('the connection to the tenant');
  noun.command('status').description('whether and how a tenant is connected').action(action(status));
  noun.command('check').description('check everything the integration needs').action(action(check));
  noun.command('subscription').description('organization and subscriptions of the tenant').action(action(subscription));
  noun
    .command('health')
    .description('troubles of Microsoft’s services that are in use, and what administrators are asked to do')
    .action(action(serviceHealth));
  noun
    .command('mailbox-usage')
    .description('the largest mailboxes, by Microsoft’s daily report')
    .action(action(mailboxUsage));
  noun
    .command('set-up')
    .description('connect a tenant: sign in by device code, then register the application')
    .option('--usage-location <country>', 'two letters; needed where the tenant has no country')
    .option('--yes', 'do not ask before the registration')
    .action(action(setUpIntegration));
  noun
    .command('change-administrator')
    .description('let another administrator grant the permissions; everything goes on meanwhile')
    .option('--yes', 'do not ask after the sign-in')
    .action(action(changeAdministrator));
  noun
    .command('rotate-certificate')
    .description('renew the certificate; done by itself 30 days before its end')
    .action(action(rotateCertificate));
  noun
    .command('move')
    .description('leave this tenant for another one: what ends, and what the other one needs')
    .option('--dry-run', 'tell what changes, and change nothing')
    .option('--yes', 'do not ask')
    .action(action(moveTenant));
  noun
    .command('remove-registration')
    .description('after disabling: remove the app registration from the tenant, as an administrator of it')
    .option('--yes', 'do not ask after the sign-in')
    .action(action(removeRegistration));
  noun
    .command('disable')
    .description('end the integration here; everything in the tenant stays, and it need not be reachable')
    .option('--forget', 'do not remember links, holds and waiting licenses for the same tenant')
    .option('--dry-run', 'tell what stops and what stays, and change nothing')
    .option('--yes', 'do not ask for the name of the tenant')
    .action(action(disableIntegration));
}
