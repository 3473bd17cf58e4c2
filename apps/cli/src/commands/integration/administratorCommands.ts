import type { DisableEffect } from '@isthmus/contracts';
import { ask } from '../../ask.ts';
import type { Context } from '../../command.ts';
import { ExitCode } from '../../ExitCode.ts';
import type { Output } from '../../output/Output.ts';
import { UsageError } from '../../UsageError.ts';
import { register, signInAdministrator } from './setUpIntegration.ts';

interface YesOption {
  readonly yes?: boolean;
}

async function isAgreed(question: string, { yes }: YesOption): Promise<boolean> {
  if (yes === true) return true;
  if (!process.stdin.isTTY) throw new UsageError('Give --yes to go on without being asked.');
  return /^y(es)?$/i.test(await ask(`${question} [y/N] `));
}

/** Another administrator grants the permissions; the connection goes on until the new certificate was tried. */
export async function changeAdministrator({ api, output }: Context, options: YesOption): Promise<number> {
  const client = await api();
  const { tenant, administrator } = await client.call('getIntegration', {});
  if (tenant === null) throw new UsageError('No tenant is integrated. Integrate one with: isthmus integration set-up');
  output.note(`Administrator now: ${administrator ?? 'not known'}`);
  const attempt = await signInAdministrator(client, output);
  if (attempt === undefined) return ExitCode.failed;
  if (!(await isAgreed(`Let ${attempt.administrator ?? '?'} grant the permissions?`, options))) {
    await client.call('cancelSetUp', { params: { id: attempt.id } });
    return ExitCode.failed;
  }
  return register(client, output, attempt, tenant.defaultUsageLocation);
}

/** Renews the certificate without an administrator, which is also done by itself in time. */
export async function rotateCertificate({ api, output }: Context): Promise<number> {
  const integration = await (await api()).call('rotateCertificate', {});
  output.result(integration, () =>
    output.line(`The certificate is renewed, good until ${integration.application?.certificateExpiresAt ?? '?'}.`),
  );
  return ExitCode.ok;
}

/** After disabling: an administrator of the tenant takes away what Isthmus made there. */
export async function removeRegistration({ api, output }: Context, options: YesOption): Promise<number> {
  const client = await api();
  const { disabled } = await client.call('getIntegration', {});
  if (disabled === null || disabled.leftOver.length === 0)
    throw new UsageError('Nothing of a disabled integration is left.');
  for (const thing of disabled.leftOver) output.note(`To be removed: ${thing}`);
  const attempt = await signInAdministrator(client, output);
  if (attempt === undefined) return ExitCode.failed;
  if (!(await isAgreed('Remove it for good?', options))) {
    output.note('Nothing was removed.');
    return ExitCode.failed;
  }
  const result = await client.call('removeRegistration', { params: { id: attempt.id } });
  output.result(result, () => output.line(`Nothing of Isthmus is left in ${disabled.tenantName}.`));
  return ExitCode.ok;
}

function showMove(output: Output, effect: DisableEffect): void {
  const { tenantName, people, groups, waitingLicenses, domains, seats } = effect;
  output.line(`Ends in ${tenantName}:`);
  output.line(`  ${people} people are unlinked; their online accounts stay as they are`);
  if (groups > 0) output.line(`  ${groups} linked groups are no longer kept in step`);
  if (waitingLicenses > 0) output.line(`  ${waitingLicenses} people no longer wait for a license`);
  output.line('The other tenant needs:');
  output.line(
    domains.length === 0
      ? '  no domain of this one'
      : `  the domains ${domains.join(', ')}: unlink them here first, with "isthmus domain unlink"`,
  );
  for (const { name, used } of seats) output.line(`  ${used} seats of ${name}`);
  output.line('  a new password for everybody: it goes up with the next change, or when it is set here');
}

/** The guided way to another tenant: what changes, then leaving the one there is. */
export async function moveTenant(
  { api, output }: Context,
  options: YesOption & { readonly dryRun?: boolean },
): Promise<number> {
  const client = await api();
  const planned = await client.call('disableIntegration', { query: { dryRun: 'true' }, body: { remember: false } });
  const { effect } = planned;
  if (options.dryRun === true) {
    output.result(planned, () => showMove(output, effect));
    return ExitCode.ok;
  }
  if (!output.json) showMove(output, effect);
  if (!(await isAgreed(`Leave ${effect.tenantName}?`, options))) return ExitCode.failed;
  const result = await client.call('disableIntegration', { body: { remember: false, confirm: effect.tenantName } });
  output.result(result, () => {
    output.line(`${effect.tenantName} is left.`);
    output.note('Next: isthmus integration set-up, isthmus domain link, isthmus online-account bulk-create --all');
  });
  return ExitCode.ok;
}
