import type { SubscriptionPage } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { adminCenterOf } from './adminCenters.ts';

const options = { lane: 'interactive' as const };
const given = (lines: readonly (string | undefined)[]): string[] =>
  lines.filter((line) => line !== undefined && line !== '') as string[];

/** Organization and subscriptions of the tenant, read now. @throws DomainError `integration.not-integrated`, `online.…` */
export async function getSubscription({ connections }: Platform, cloud: string): Promise<SubscriptionPage> {
  const { tenant } = connections.getMicrosoft365();
  const [organization, subscriptions] = await Promise.all([
    tenant.organization(options),
    tenant.subscriptions(options),
  ]);
  const { name, street, postalCode, city, state, countryCode, phones, technicalMails, createdAt } = organization;
  return {
    organization: {
      name,
      address: given([street, given([postalCode, city]).join(' '), state]),
      countryCode: countryCode ?? null,
      phones: [...phones],
      technicalMails: [...technicalMails],
      createdAt: createdAt?.toISOString() ?? null,
    },
    subscriptions: subscriptions
      .map((one) => ({
        id: one.id,
        name: one.name,
        state: one.state,
        isTrial: one.isTrial,
        seats: one.seats,
        startedAt: one.startedAt?.toISOString() ?? null,
        nextChangeAt: one.nextChangeAt?.toISOString() ?? null,
      }))
      .toSorted((one, other) => one.name.localeCompare(other.name)),
    adminCenter: adminCenterOf(cloud),
  };
}
