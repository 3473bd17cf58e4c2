import { subscriptionOperations } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Router } from '../../http/Router.ts';
import { getServiceHealth } from './getServiceHealth.ts';
import { getSubscription } from './getSubscription.ts';
import { MailboxUsageReader } from './MailboxUsageReader.ts';
import { type SignUpConfiguration, signUpLinks } from './signUpLinks.ts';

/** Registers the operations of `contracts/subscription.ts`. @param parts.cloud name of the cloud of the tenant */
export function registerSubscription(
  router: Router,
  platform: Platform,
  parts: { readonly cloud: string; readonly signUp: SignUpConfiguration },
): void {
  router.handle(subscriptionOperations.getSubscription, () => getSubscription(platform, parts.cloud));
  router.handle(subscriptionOperations.getServiceHealth, () => getServiceHealth(platform));
  const mailboxUsage = new MailboxUsageReader(platform);
  router.handle(subscriptionOperations.getMailboxUsage, () => mailboxUsage.read());
  router.handle(subscriptionOperations.getSignUp, async () => signUpLinks(parts.signUp));
}
