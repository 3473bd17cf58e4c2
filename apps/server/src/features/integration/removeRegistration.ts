import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { progressOf } from './attemptRecord.ts';
import { findDisabledIntegration, forgetRegistration } from './disabledIntegration.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import type { SetUpAttempt } from './SetUpAttempt.ts';

/**
 * Removes from the tenant what a disabled integration left there: its app registration, with the rights of the
 * administrator who signed in. Nothing there counts as removed.
 * @throws DomainError `integration.nothing-left`, `integration.not-signed-in`, `integration.other-tenant`
 */
export async function removeRegistration(
  platform: Platform,
  { setUp }: IntegrationParts,
  attempt: SetUpAttempt,
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<void> {
  const disabled = await findDisabledIntegration(platform.settings);
  const registration = progressOf(disabled?.registration ?? {});
  if (disabled === undefined || Object.keys(registration).length === 0) {
    throw new DomainError({
      code: 'integration.nothing-left',
      message: 'No app registration of a disabled integration is known here.',
      remedy: 'Look for it in the Entra admin center under App registrations.',
    });
  }
  const { session, tenant } = attempt;
  if (session === undefined || tenant === undefined || attempt.state !== 'signed-in') {
    throw new DomainError({
      code: 'integration.not-signed-in',
      message: 'Nobody has signed in for this, or it has ended.',
      remedy: 'Start again and sign in with the code shown.',
    });
  }
  if (tenant.tenantId !== disabled.tenantId) {
    throw new DomainError({
      code: 'integration.other-tenant',
      message: `What is left is in ${disabled.tenantName}; you signed in to ${tenant.displayName}.`,
      remedy: `Sign in as an administrator of ${disabled.tenantName}.`,
    });
  }
  await setUp.removeRegistration(session, registration);
  await forgetRegistration(platform.settings, registration.clientId);
  await platform.audit.record({
    actor: by.actor.userName,
    address: by.actor.address,
    action: 'integration.remove-registration',
    sentence: `Removed the app registration of Isthmus from ${disabled.tenantName}`,
    result: 'done',
    requestId: by.requestId,
  });
  attempt.end('done', platform.clock.now());
  platform.events.publish({ topic: 'integration' });
}
