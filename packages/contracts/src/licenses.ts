import { z } from 'zod';
import { csvQuerySchema, idSchema, instantSchema } from './common.ts';
import { defineOperation } from './operation.ts';
import { commandQuerySchema, commandResultSchema } from './plans.ts';
import { accountSelectionBody } from './users.ts';

/** A service within a product, such as the mailbox. */
export const servicePlanSchema = z.object({ id: idSchema, name: z.string() });
export type ServicePlan = z.infer<typeof servicePlanSchema>;

export const licenseSchema = z.object({
  skuId: idSchema,
  skuPartNumber: z.string(),
  name: z.string(),
  total: z.number().int(),
  used: z.number().int(),
  free: z.number().int(),
  waiting: z.number().int().describe('People who get a seat as soon as one is free'),
  notSignedIn: z
    .number()
    .int()
    .nullable()
    .describe('Accounts with it that have not signed in for 90 days; null = the tenant does not tell'),
  state: z.enum(['enabled', 'warning', 'suspended', 'deleted', 'locked-out']),
  servicePlans: z.array(servicePlanSchema).describe('What can be switched off for a person'),
});
export type LicenseView = z.infer<typeof licenseSchema>;

export const waitingSchema = z.object({
  userId: idSchema,
  userName: z.string(),
  displayName: z.string(),
  skuId: idSchema,
  name: z.string().describe('Of the product'),
  askedBy: z.string(),
  askedAt: instantSchema,
});
export type WaitingForLicense = z.infer<typeof waitingSchema>;

const MOST_PRODUCTS = 50;

export const licenseChangeSchema = accountSelectionBody.extend({
  add: z.array(idSchema).max(MOST_PRODUCTS).default([]).describe('Products to assign'),
  remove: z
    .array(idSchema)
    .max(MOST_PRODUCTS)
    .default([])
    .describe('Products to take back; also ends waiting for them'),
  disabledPlans: z
    .record(idSchema, z.array(idSchema).max(200))
    .default({})
    .describe('Services to switch off, by product of `add`; a product that is left out keeps what it has'),
  usageLocation: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('Two-letter country for whoever has none; absent = the tenant’s'),
  whenShort: z
    .enum(['refuse', 'wait'])
    .default('refuse')
    .describe('`wait`: whoever finds no free seat gets one as soon as there is one; people only'),
});
export type LicenseChangeRequest = z.input<typeof licenseChangeSchema>;

const feature = 'licenses';

export const licenseOperations = {
  listLicenses: defineOperation({
    id: 'listLicenses',
    method: 'GET',
    path: '/licenses',
    feature,
    summary: 'Products with seats in total, used and free.',
    permission: 'integration.read',
    response: z.object({ items: z.array(licenseSchema), total: z.number().int() }),
  }),
  exportLicenses: defineOperation({
    id: 'exportLicenses',
    method: 'GET',
    path: '/licenses.csv',
    feature,
    summary: 'The products and their seats as a CSV file, safe to open in a spreadsheet.',
    permission: 'integration.read',
    query: csvQuerySchema,
    produces: 'text/csv',
  }),
  listWaiting: defineOperation({
    id: 'listWaiting',
    method: 'GET',
    path: '/licenses/waiting',
    feature,
    summary: 'People who wait for a free seat, the longest wait first.',
    permission: 'users.read',
    response: z.object({ items: z.array(waitingSchema), total: z.number().int() }),
  }),
  changeLicenses: defineOperation({
    id: 'changeLicenses',
    method: 'POST',
    path: '/licenses/change',
    feature,
    summary:
      'Assigns and takes back products, and switches services of them on and off, for one person or online account, or many.',
    permission: 'online-accounts.write',
    query: commandQuerySchema,
    body: licenseChangeSchema,
    response: commandResultSchema,
    status: 202,
  }),
};
