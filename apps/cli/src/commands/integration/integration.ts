import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { ExitCode } from '../../ExitCode.ts';
import { ago } from '../../output/format.ts';
import { showChecks } from '../../output/showChecks.ts';
import { disableIntegration } from './disableIntegration.ts';
import { setUpIntegration } from './setUpIntegration.ts';

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
      ['Application', integration.application?.clientId ?? ''],
      ['Certificate until', integration.application?.certificateExpiresAt ?? ''],
      ['Last contact', ago(integration.lastContactAt)],
      [
        'Missing permissions',
        integration.permissions
          .filter((need) => need.granted === false)
          .map((need) => (need.optional ? `${need.permission} (optional)` : need.permission))
          .join(', '),
      ],
    ]);
    const { disabled } = integration;
    if (disabled !== null) {
      output.line(`${disabled.tenantName} was disabled ${ago(disabled.disabledAt)} by ${disabled.disabledBy}.`);
      for (const object of disabled.leftOver) output.line(`Still in the tenant: ${object}`);
      if (disabled.remembers)
        output.note(`The links of ${disabled.links} people come back with: isthmus integration set-up`);
    }
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
  noun
    .command('set-up')
    .description('connect a tenant: sign in by device code, then register the application')
    .option('--usage-location <country>', 'two letters; needed where the tenant has no country')
    .option('--yes', 'do not ask before the registration')
    .action(action(setUpIntegration));
  noun
    .command('disable')
    .description('end the integration here; everything in the tenant stays, and it need not be reachable')
    .option('--forget', 'do not remember links, holds and waiting licenses for the same tenant')
    .option('--dry-run', 'tell what stops and what stays, and change nothing')
    .option('--yes', 'do not ask for the name of the tenant')
    .action(action(disableIntegration));
}
