import type { CompanySubscription, Organization as WireOrganization } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { CallOptions } from '../ports.ts';
import type { OrganizationDetails, Subscription } from '../Subscription.ts';
import type { GraphTransport } from './GraphTransport.ts';
import { productName } from './productNames.ts';
import { readsOf, selectOf } from './typedReads.ts';

const PERMISSION = 'Organization.Read.All';

const STATES = {
  enabled: 'enabled',
  warning: 'warning',
  suspended: 'suspended',
  deleted: 'deleted',
  lockedout: 'locked-out',
} as const satisfies Record<string, Subscription['state']>;

const date = z
  .string()
  .nullish()
  .transform((text) => {
    const read = new Date(text ?? '');
    return Number.isNaN(read.getTime()) ? undefined : read;
  });
const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);

const subscriptions = z.object({
  value: z.array(
    readsOf<CompanySubscription>()({
      id: z.string(),
      skuId: z.string().transform((id) => id.toLowerCase()),
      skuPartNumber: z.string(),
      status: z.string().nullish(),
      isTrial: z.boolean().nullish(),
      totalLicenses: z.number().nullish(),
      createdDateTime: date,
      nextLifecycleDateTime: date,
    }),
  ),
});

const organizations = z.object({
  value: z.tuple([
    readsOf<WireOrganization>()({
      displayName: text,
      street: text,
      postalCode: text,
      city: text,
      state: text,
      countryLetterCode: text,
      businessPhones: z.array(z.string()).nullish(),
      technicalNotificationMails: z.array(z.string()).nullish(),
      createdDateTime: date,
    }),
  ]),
});

function stateOf(status: string | null | undefined): Subscription['state'] {
  return Object.entries(STATES).find(([name]) => name === status?.toLowerCase())?.[1] ?? 'enabled';
}

export async function readSubscriptions(
  transport: GraphTransport,
  options: CallOptions,
): Promise<readonly Subscription[]> {
  const answer = await transport.call(
    { method: 'GET', path: '/directory/subscriptions', permission: PERMISSION, purpose: 'read the subscriptions' },
    options,
  );
  return subscriptions.parse(answer.body).value.map((one) => ({
    id: one.id,
    skuId: one.skuId,
    name: productName(one.skuPartNumber),
    state: stateOf(one.status),
    isTrial: one.isTrial ?? false,
    seats: one.totalLicenses ?? 0,
    startedAt: one.createdDateTime,
    nextChangeAt: one.nextLifecycleDateTime,
  }));
}

const FIELDS = selectOf<WireOrganization>(
  'displayName',
  'street',
  'postalCode',
  'city',
  'state',
  'countryLetterCode',
  'businessPhones',
  'technicalNotificationMails',
  'createdDateTime',
);

export async function readOrganization(transport: GraphTransport, options: CallOptions): Promise<OrganizationDetails> {
  const answer = await transport.call(
    { method: 'GET', path: `/organization?${FIELDS}`, permission: PERMISSION, purpose: 'read the organization' },
    options,
  );
  const [one] = organizations.parse(answer.body).value;
  return {
    name: one.displayName ?? '',
    street: one.street,
    postalCode: one.postalCode,
    city: one.city,
    state: one.state,
    countryCode: one.countryLetterCode,
    phones: one.businessPhones ?? [],
    technicalMails: one.technicalNotificationMails ?? [],
    createdAt: one.createdDateTime,
  };
}
