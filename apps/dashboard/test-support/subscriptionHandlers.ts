import { minutesAgo } from './FakeWorld.ts';
import type { Handlers } from './handlers.ts';
import { guid } from './people.ts';

const GIGABYTE = 1024 ** 3;

const mailbox = (name: string, address: string, gigabytes: number, userId: string | null) => ({
  name,
  upn: `${address}@contoso.com`,
  userId,
  storageBytes: gigabytes * GIGABYTE,
  quotaBytes: 49.5 * GIGABYTE,
});

/** A subscription that works, and a trial in its days of grace. */
export const subscriptionHandlers: Pick<
  Handlers,
  'getSubscription' | 'getSignUp' | 'getServiceHealth' | 'getMailboxUsage'
> = {
  getSubscription: () => ({
    organization: {
      name: 'Contoso',
      address: ['Hauptstraße 1', '10115 Berlin'],
      countryCode: 'DE',
      phones: ['+49 30 1234567'],
      technicalMails: ['it@contoso.com'],
      createdAt: minutesAgo(60 * 24 * 900),
    },
    subscriptions: [
      {
        id: guid(13, 1),
        name: 'Microsoft 365 Business Premium',
        state: 'enabled',
        isTrial: false,
        seats: 5,
        startedAt: minutesAgo(60 * 24 * 100),
        nextChangeAt: minutesAgo(-60 * 24 * 265),
      },
      {
        id: guid(13, 2),
        name: 'Microsoft 365 Business Standard',
        state: 'warning',
        isTrial: true,
        seats: 60,
        startedAt: minutesAgo(60 * 24 * 40),
        nextChangeAt: minutesAgo(-60 * 24 * 20),
      },
    ],
    adminCenter: {
      home: 'https://admin.microsoft.com/Adminportal/Home#/homepage',
      subscriptions: 'https://admin.microsoft.com/Adminportal/Home#/subscriptions',
      health: 'https://admin.microsoft.com/Adminportal/Home#/servicehealth',
    },
  }),
  getServiceHealth: () => ({
    issues: [
      {
        id: 'EX1234567',
        service: 'Exchange Online',
        title: 'Some mail arrives late',
        impact: 'People may receive mail from outside up to two hours late.',
        isIncident: true,
        startedAt: minutesAgo(90),
      },
    ],
    messages: [
      {
        id: 'MC7654321',
        services: ['Exchange Online'],
        title: 'Action needed: programs that sign in the old way stop working',
        isMajorChange: true,
        actionBy: minutesAgo(-60 * 24 * 30),
        updatedAt: minutesAgo(600),
      },
    ],
    missingPermissions: [],
  }),
  getMailboxUsage: () => ({
    day: minutesAgo(60 * 48).slice(0, 10),
    mailboxCount: 22,
    storageBytes: 214 * GIGABYTE,
    largest: [
      mailbox('Adam Smith', 'adam.smith', 47.2, guid(1, 1)),
      mailbox('Info', 'info', 31, null),
      mailbox('Bjørn Ås', 'bjorn.aas', 12.5, guid(1, 2)),
    ],
    namesAreHidden: false,
    missingPermissions: [],
  }),
  getSignUp: () => ({ links: [{ kind: 'business-buy', url: 'https://www.microsoft.com/' }] }),
};
