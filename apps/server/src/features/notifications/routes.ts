import { notificationOperations } from '@isthmus/contracts';
import { Secret } from '@isthmus/kernel';
import type { Router } from '../../http/Router.ts';
import { AlertMailer } from './AlertMailer.ts';
import { setNotifications, testNotifications, turnOffNotifications } from './changeNotifications.ts';
import type { NotificationParts } from './NotificationParts.ts';
import { readNotifications } from './storedSettings.ts';

/** Registers the operations of `contracts/notifications.ts`. @returns the service that writes the mails */
export function registerNotifications(router: Router, parts: NotificationParts): AlertMailer {
  const read = () => readNotifications(parts.platform);
  router.handle(notificationOperations.getNotifications, read);
  router.handle(notificationOperations.setNotifications, async ({ body, query, actor, requestId }) => {
    const { password, ...settings } = body;
    const request = { settings, password: password === undefined ? undefined : new Secret(password), ...query };
    const outcome = await setNotifications(parts, request, { actor, requestId });
    return { ...outcome, notifications: await read() };
  });
  router.handle(notificationOperations.testNotifications, ({ actor, requestId }) =>
    testNotifications(parts, { actor, requestId }),
  );
  router.handle(notificationOperations.turnOffNotifications, ({ actor, requestId }) =>
    turnOffNotifications(parts, { actor, requestId }),
  );
  return new AlertMailer(parts);
}
