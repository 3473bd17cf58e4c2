import { z } from 'zod';
import { idParamsSchema, idSchema, instantSchema } from './common.ts';
import { defineOperation } from './operation.ts';

const text = z.string().trim().max(128);

/** What new people of one kind have in common. */
export const userTemplateSettingsSchema = z.object({
  name: z.string().trim().min(1).max(64),
  description: z.string().trim().max(256).default(''),
  containerDn: z.string().min(1).max(1000).optional().describe('Unit for the accounts; absent = the managed one'),
  groupDns: z.array(z.string().min(1).max(1000)).max(100).default([]),
  department: text.default(''),
  title: text.default(''),
  office: text.default(''),
  company: text.default(''),
  online: z
    .object({
      domain: z.string().trim().min(3).max(255).describe('Addresses are made of the user name and this domain'),
      skuIds: z.array(idSchema).max(20).default([]),
      usageLocation: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional()
        .describe('Absent = the tenant’s'),
    })
    .nullable()
    .default(null)
    .describe('Null = user account alone'),
});
export type UserTemplateSettings = z.output<typeof userTemplateSettingsSchema>;

export const userTemplateSchema = userTemplateSettingsSchema.extend({
  id: idSchema,
  changedAt: instantSchema,
  changedBy: z.string(),
});
export type UserTemplate = z.output<typeof userTemplateSchema>;

const feature = 'user-templates';

export const userTemplateOperations = {
  listUserTemplates: defineOperation({
    id: 'listUserTemplates',
    method: 'GET',
    path: '/user-templates',
    feature,
    summary: 'Templates for new people, by name.',
    permission: 'users.read',
    response: z.object({ items: z.array(userTemplateSchema) }),
  }),
  saveUserTemplate: defineOperation({
    id: 'saveUserTemplate',
    method: 'PUT',
    path: '/user-templates/:id',
    feature,
    summary: 'Makes or replaces the template with this id, which the caller chooses.',
    permission: 'users.write',
    params: idParamsSchema,
    body: userTemplateSettingsSchema,
    response: userTemplateSchema,
  }),
  removeUserTemplate: defineOperation({
    id: 'removeUserTemplate',
    method: 'DELETE',
    path: '/user-templates/:id',
    feature,
    summary: 'Removes a template; people made from it stay as they are.',
    permission: 'users.write',
    params: idParamsSchema,
    response: z.object({}),
  }),
};
