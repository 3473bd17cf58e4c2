import { z } from 'zod';
import {
  attributeSources,
  MAP_OFF,
  type MappedField,
  mappedFields,
  notManagedReasons,
  scopeAttributes,
  scopeOperators,
} from './attributeMap.ts';
import { idSchema, instantSchema } from './common.ts';
import { driftPolicies, managedFields } from './driftPolicies.ts';
import { defineOperation } from './operation.ts';
import { planSchema } from './plans.ts';

const dnSchema = z
  .string()
  .trim()
  .min(3)
  .max(1000)
  .regex(/^[A-Za-z][A-Za-z0-9-]*=[^,]+(,.+)?$/, 'A distinguished name such as OU=Staff,DC=corp,DC=example');

export const scopeRuleSchema = z.object({
  attribute: z.enum(scopeAttributes),
  operator: z.enum(scopeOperators),
  value: z.string().trim().min(1).max(200),
});
export type ScopeRule = z.infer<typeof scopeRuleSchema>;

/** Whom the pass manages. An empty list rules nobody out; of the others each must hold. */
export const syncScopeSchema = z.object({
  units: z.array(dnSchema).max(100).default([]).describe('In one of these organizational units or below'),
  groups: z.array(dnSchema).max(100).default([]).describe('Direct member of one of these groups'),
  rules: z.array(scopeRuleSchema).max(20).default([]).describe('All of these hold'),
  excluded: z.array(idSchema).max(10_000).default([]).describe('Left alone in any case'),
});
export type SyncScope = z.infer<typeof syncScopeSchema>;

function choiceOf<Field extends MappedField>(field: Field) {
  return z.enum([...attributeSources[field], MAP_OFF]).optional();
}

/** Where online properties come from, as far as that is not the standard. */
export const attributeMapSchema = z.object({
  displayName: choiceOf('displayName'),
  givenName: choiceOf('givenName'),
  surname: choiceOf('surname'),
  department: choiceOf('department'),
  jobTitle: choiceOf('jobTitle'),
  officeLocation: choiceOf('officeLocation'),
  mobilePhone: choiceOf('mobilePhone'),
  businessPhones: choiceOf('businessPhones'),
  companyName: choiceOf('companyName'),
});
export type AttributeMap = z.infer<typeof attributeMapSchema>;

const namedPersonSchema = z.object({ userId: idSchema, name: z.string() });
export const notManagedReasonSchema = z.enum(notManagedReasons);
const nightlyHourSchema = z.number().int().min(0).max(23).nullable();

export const syncSettingsViewSchema = z.object({
  scope: syncScopeSchema.omit({ excluded: true }).extend({ excluded: z.array(namedPersonSchema) }),
  map: z.array(
    z.object({
      field: z.enum(mappedFields),
      source: z.string().describe('A directory attribute, or off'),
      choices: z.array(z.string()),
      isStandard: z.boolean(),
      policy: z.enum(driftPolicies),
      limit: z.number().int().describe('Characters that Microsoft 365 takes'),
    }),
  ),
  nightly: z.object({
    hour: nightlyHourSchema.describe('Hour of the day by the clock of the server; null = never'),
    lastAt: instantSchema.nullable(),
  }),
  managed: z.number().int(),
  /** Linked people whom the pass leaves alone; at most 200 of them. */
  notManaged: z.array(namedPersonSchema.extend({ reason: notManagedReasonSchema })),
  notManagedTotal: z.number().int(),
});
export type SyncSettingsView = z.infer<typeof syncSettingsViewSchema>;

/** What a change of the settings does: nothing but what the next pass would then do. */
export const syncSettingsResultSchema = z.object({
  settings: syncSettingsViewSchema,
  effect: z.object({
    entering: z.array(namedPersonSchema),
    leaving: z.array(namedPersonSchema),
    plan: planSchema,
  }),
});
export type SyncSettingsResult = z.infer<typeof syncSettingsResultSchema>;

export const syncSettingsChangeSchema = z.object({
  units: syncScopeSchema.shape.units.removeDefault().optional(),
  groups: syncScopeSchema.shape.groups.removeDefault().optional(),
  rules: syncScopeSchema.shape.rules.removeDefault().optional(),
  exclude: z.array(idSchema).max(10_000).optional().describe('Leave these people alone from now on'),
  include: z.array(idSchema).max(10_000).optional().describe('Leave these people alone no longer'),
  map: attributeMapSchema.optional(),
  drift: z
    .partialRecord(z.enum(managedFields), z.enum(driftPolicies))
    .optional()
    .describe('What happens to differences, field by field'),
  nightlyHour: nightlyHourSchema.optional(),
});
export type SyncSettingsChange = z.infer<typeof syncSettingsChangeSchema>;

const feature = 'sync';

export const syncSettingsOperations = {
  getSyncSettings: defineOperation({
    id: 'getSyncSettings',
    method: 'GET',
    path: '/sync/settings',
    feature,
    summary: 'Whom the pass manages, where each property comes from, and when everything is compared in full.',
    permission: 'sync.read',
    response: syncSettingsViewSchema,
  }),
  changeSyncSettings: defineOperation({
    id: 'changeSyncSettings',
    method: 'PATCH',
    path: '/sync/settings',
    feature,
    summary: 'Changes what is given and leaves the rest; a dry run tells what the next pass would then do.',
    permission: 'sync.write',
    query: z.object({ dryRun: z.stringbool().default(false).describe('Tell the effect and change nothing') }),
    body: syncSettingsChangeSchema,
    response: syncSettingsResultSchema,
  }),
};
