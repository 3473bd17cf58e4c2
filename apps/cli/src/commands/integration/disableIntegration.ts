import type { DisableEffect } from '@isthmus/contracts';
import { ask } from '../../ask.ts';
import type { Context } from '../../command.ts';
import type { Output } from '../../output/Output.ts';
import { UsageError } from '../../UsageError.ts';

interface Options {
  readonly forget?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

function showEffect(output: Output, effect: DisableEffect, remember: boolean): void {
  const { tenantName, application, people, held, groups, waitingLicenses, waitingPasswords } = effect;
  if (!effect.reachable) output.line('The tenant does not answer at the moment; disabling does not need it.');
  output.line('Stops:');
  output.line(`  ${people} people: password, deactivation, removal and properties no longer reach Microsoft 365`);
  if (groups > 0) output.line(`  ${groups} linked groups are no longer kept in step`);
  output.line(`Stays in ${tenantName}, as it is now:`);
  output.line('  accounts, passwords, licenses, groups, mail, domains, subscription');
  if (held > 0) output.line(`  ${held} sign-ins that Isthmus keeps blocked`);
  output.line(`  the app registration ${application.displayName} (${application.clientId})`);
  output.line(remember ? 'Remembered for the day on which the same tenant comes back:' : 'Forgotten:');
  output.line(
    `  links and holds, linked groups, ${waitingLicenses} waiting licenses, ${waitingPasswords} waiting passwords`,
  );
  output.line('Destroyed: the key by which Isthmus signs in to the tenant, and the copy of its accounts');
}

async function confirmation(options: Options, tenantName: string): Promise<string> {
  if (options.yes === true) return tenantName;
  if (!process.stdin.isTTY) throw new UsageError('Give --yes to disable without being asked.');
  return ask(`Type the name of the tenant, ${tenantName}, to disable the integration: `);
}

/** The wizard “Disable integration” in a terminal. */
export async function disableIntegration({ api, output }: Context, options: Options): Promise<undefined> {
  const client = await api();
  const remember = options.forget !== true;
  const planned = await client.call('disableIntegration', { query: { dryRun: 'true' }, body: { remember } });
  if (options.dryRun === true) {
    output.result(planned, () => showEffect(output, planned.effect, remember));
    return undefined;
  }
  if (!output.json) showEffect(output, planned.effect, remember);
  const confirm = await confirmation(options, planned.effect.tenantName);
  const result = await client.call('disableIntegration', { body: { remember, confirm } });
  output.result(result, () => {
    output.line(`The integration with ${result.effect.tenantName} is disabled.`);
    output.note('Delete the app registration in the Entra admin center if you do not come back.');
  });
  return undefined;
}
