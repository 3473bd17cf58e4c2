import type { SubscriptionPage } from '@isthmus/contracts';

/** The admin centers of Microsoft's clouds (Microsoft documentation: "Microsoft 365 admin center", "national clouds"). */
const hosts: Readonly<Record<string, string>> = {
  worldwide: 'https://admin.microsoft.com',
  'us-government': 'https://portal.office365.us',
  'us-government-dod': 'https://portal.apps.mil',
  china: 'https://portal.partner.microsoftonline.cn',
};

/** Pages of the admin center; of a practice tenant, those of the worldwide one. */
export function adminCenterOf(cloud: string): SubscriptionPage['adminCenter'] {
  const home = hosts[cloud] ?? hosts['worldwide'] ?? '';
  const page = (hash: string): string => `${home}/Adminportal/Home#${hash}`;
  return { home: page('/homepage'), subscriptions: page('/subscriptions'), health: page('/servicehealth') };
}
