import { z } from 'zod';
import { instantSchema } from './common.ts';
import { defineOperation } from './operation.ts';

export const subscriptionStates = ['enabled', 'warning', 'suspended', 'deleted', 'locked-out'] as const;

const subscriptionSchema = z.object({
  id: z.string(),
  name: z.string().describe('Product, for people'),
  state: z.enum(subscriptionStates).describe('"warning": over, in its days of grace'),
  isTrial: z.boolean(),
  seats: z.number().int(),
  startedAt: instantSchema.nullable(),
  nextChangeAt: instantSchema.nullable().describe('When it is renewed, or its state changes next'),
});
export type SubscriptionView = z.infer<typeof subscriptionSchema>;

export const subscriptionPageSchema = z.object({
  organization: z.object({
    name: z.string(),
    address: z.array(z.string()).describe('Lines'),
    countryCode: z.string().nullable(),
    phones: z.array(z.string()),
    technicalMails: z.array(z.string()).describe('Where Microsoft writes about technical matters'),
    createdAt: instantSchema.nullable(),
  }),
  subscriptions: z.array(subscriptionSchema),
  adminCenter: z.object({
    home: z.url(),
    subscriptions: z.url(),
    health: z.url(),
  }),
});
export type SubscriptionPage = z.infer<typeof subscriptionPageSchema>;

export const serviceHealthSchema = z.object({
  issues: z.array(
    z.object({
      id: z.string(),
      service: z.string(),
      title: z.string(),
      impact: z.string().describe('What people notice'),
      isIncident: z.boolean().describe('False for what is only looked at'),
      startedAt: instantSchema.nullable(),
    }),
  ),
  messages: z.array(
    z.object({
      id: z.string(),
      services: z.array(z.string()),
      title: z.string(),
      isMajorChange: z.boolean(),
      actionBy: instantSchema.nullable().describe('Until when something has to be done'),
      updatedAt: instantSchema.nullable(),
    }),
  ),
  missingPermissions: z.array(z.string()).describe('Without which the rest is not told'),
});
export type ServiceHealthView = z.infer<typeof serviceHealthSchema>;

export const mailboxUsageSchema = z.object({
  day: z.iso.date().nullable().describe('Of the figures: Microsoft counts once a day; null while there are none'),
  mailboxCount: z.number().int(),
  storageBytes: z.number().describe('Of all mailboxes together'),
  largest: z
    .array(
      z.object({
        name: z.string().describe('Of the person, or what stands for it where names are hidden'),
        upn: z.string().nullable().describe('Null where names are hidden'),
        userId: z.guid().nullable().describe('Of the linked user account'),
        storageBytes: z.number(),
        quotaBytes: z.number().nullable().describe('Above it nothing can be sent'),
      }),
    )
    .describe('At most five, the largest first'),
  namesAreHidden: z.boolean().describe('By a setting of the tenant'),
  missingPermissions: z.array(z.string()).describe('Without which nothing is told'),
});
export type MailboxUsageView = z.infer<typeof mailboxUsageSchema>;

const feature = 'subscription';

export const subscriptionOperations = {
  getSubscription: defineOperation({
    id: 'getSubscription',
    method: 'GET',
    path: '/subscription',
    feature,
    summary: 'Organization and subscriptions of the tenant, as Microsoft 365 answers now.',
    permission: 'integration.read',
    response: subscriptionPageSchema,
  }),
  getServiceHealth: defineOperation({
    id: 'getServiceHealth',
    method: 'GET',
    path: '/service-health',
    feature,
    summary: 'Troubles of Microsoft’s services that are in use, and announcements that ask for something.',
    permission: 'integration.read',
    response: serviceHealthSchema,
  }),
  getMailboxUsage: defineOperation({
    id: 'getMailboxUsage',
    method: 'GET',
    path: '/mailbox-usage',
    feature,
    summary: 'The largest mailboxes, by Microsoft’s daily report.',
    permission: 'integration.read',
    response: mailboxUsageSchema,
  }),
  getSignUp: defineOperation({
    id: 'getSignUp',
    method: 'GET',
    path: '/sign-up',
    feature,
    summary: 'Where to buy or try a subscription; a service provider may have set own addresses.',
    permission: 'integration.read',
    response: z.object({
      links: z.array(
        z.object({ kind: z.enum(['business-buy', 'business-try', 'enterprise-buy', 'enterprise-try']), url: z.url() }),
      ),
    }),
  }),
};
