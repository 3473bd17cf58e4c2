import { integrationOperations, type SetUpAttempt as PresentedAttempt } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import { cancelSetUp } from './cancelSetUp.ts';
import { confirmSetUp } from './confirmSetUp.ts';
import { defineSetUpJob } from './defineSetUpJob.ts';
import { disableIntegration } from './disableIntegration.ts';
import { GrantedPermissions } from './GrantedPermissions.ts';
import { getIntegration } from './getIntegration.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import { removeRegistration } from './removeRegistration.ts';
import { checkRequirements } from './requirements/checkRequirements.ts';
import { rotateCertificate } from './rotateCertificate.ts';
import type { SetUpAttempt } from './SetUpAttempt.ts';
import { SetUpAttempts } from './SetUpAttempts.ts';

/** Registers the operations about the connection to the tenant of `contracts/integration.ts`. */
export function registerIntegration(router: Router, platform: Platform, parts: IntegrationParts): void {
  const attempts = new SetUpAttempts(platform, parts);
  const permissions = new GrantedPermissions(platform);
  defineSetUpJob(platform, parts, attempts);
  const present = async (attempt: SetUpAttempt): Promise<PresentedAttempt> =>
    attempt.present(attempt.jobId === undefined ? null : await platform.jobs.get(attempt.jobId));

  router.handle(integrationOperations.getIntegration, () => getIntegration(platform, parts, attempts, permissions));
  router.handle(integrationOperations.checkRequirements, () =>
    checkRequirements({
      clock: platform.clock,
      settings: platform.settings,
      findDirectory: () => platform.connections.findDirectory(),
      managedOu: () => platform.connections.getDirectorySettings().managedOu,
      endpoints: parts.setUp.endpoints,
      findServerCertificate: parts.findServerCertificate,
    }),
  );
  router.handle(integrationOperations.disableIntegration, ({ body, query, actor, requestId }) =>
    disableIntegration(platform, parts, attempts, { ...body, dryRun: query.dryRun }, { actor, requestId }),
  );
  router.handle(integrationOperations.startSetUp, async ({ actor }) => present(await attempts.start(actor.userName)));
  router.handle(integrationOperations.getSetUpAttempt, async ({ params, query }) => {
    const attempt = attempts.get(params.id);
    if (!attempt.ended) await attempt.nextChange(query.wait);
    return present(attempt);
  });
  router.handle(integrationOperations.confirmSetUp, async (call) => {
    const attempt = attempts.get(call.params.id);
    await confirmSetUp(platform, attempt, call.body, call);
    return present(attempt);
  });
  router.handle(integrationOperations.rotateCertificate, async ({ actor, requestId }) => {
    await rotateCertificate(platform, parts, { actor: actor.userName, address: actor.address, requestId });
    return getIntegration(platform, parts, attempts, permissions);
  });
  router.handle(integrationOperations.removeRegistration, async ({ params, actor, requestId }) => {
    await removeRegistration(platform, parts, attempts.get(params.id), { actor, requestId });
    return getIntegration(platform, parts, attempts, permissions);
  });
  router.handle(integrationOperations.cancelSetUp, async ({ params, actor, requestId }) => {
    const attempt = attempts.get(params.id);
    await cancelSetUp(platform, attempts, attempt);
    await platform.audit.record({
      actor: actor.userName,
      address: actor.address,
      action: 'integration.cancel-set-up',
      sentence: 'Cancelled setting up the integration',
      result: 'done',
      requestId,
    });
    return present(attempt);
  });
}
