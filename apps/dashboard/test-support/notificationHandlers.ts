import { isLoopbackHost } from '@isthmus/contracts';
import { FakeProblem } from './FakeProblem.ts';
import { type FakeWorld, minutesAgo, noNotifications } from './FakeWorld.ts';
import type { Handlers } from './handlers.ts';

const PASSWORD = 'Heron-7-Quarry';

function refuseNobody(recipients: readonly string[]): void {
  const unknown = recipients.find((recipient) => recipient.startsWith('nobody@'));
  if (unknown === undefined) return;
  throw new FakeProblem(422, 'notifications.recipient-refused', `The mail server does not take mail for ${unknown}.`, {
    remedy: 'Correct the address, or let the server take mail for it.',
    field: 'recipients',
  });
}

/** A mail server that knows one password, and everybody but nobody. */
export const notificationHandlers = (world: FakeWorld): Partial<Handlers> => ({
  getNotifications: () => world.notifications,
  setNotifications: ({ body: { password, ...settings }, query }) => {
    if (settings.encryption === 'none' && !isLoopbackHost(settings.server) && !settings.unprotected) {
      throw new FakeProblem(422, 'notifications.unprotected', 'Without encryption, everybody can read it.', {
        remedy: 'Choose TLS or STARTTLS, or agree to it explicitly.',
        field: 'unprotected',
      });
    }
    if (!query.skipTest) {
      if (password !== undefined && password !== PASSWORD) {
        throw new FakeProblem(
          422,
          'notifications.sign-in-refused',
          `${settings.server}:${settings.port} refuses the user name or the password (535).`,
          { remedy: 'Check both.', field: 'password' },
        );
      }
      refuseNobody(settings.recipients);
    }
    world.notifications = {
      ...noNotifications,
      settings,
      hasPassword: settings.user !== null,
      changedAt: minutesAgo(0),
      changedBy: 'ana',
    };
    return { done: true, tested: !query.skipTest, notifications: world.notifications };
  },
  testNotifications: () => {
    const recipients = world.notifications.settings?.recipients ?? [];
    refuseNobody(recipients);
    return { recipients };
  },
  turnOffNotifications: () => {
    world.notifications = noNotifications;
  },
});
