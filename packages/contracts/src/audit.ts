import { z } from 'zod';
import { exportQuerySchema, idSchema, instantSchema, listQuerySchema, pageOf } from './common.ts';
import { defineOperation } from './operation.ts';

export const auditEntrySchema = z.object({
  id: idSchema,
  sequence: z.number().int(),
  at: instantSchema,
  actor: z.string(),
  address: z.string().nullable(),
  action: z.string().describe('Stable code such as `user.deactivate`'),
  sentence: z.string(),
  subjectUserId: idSchema.nullable(),
  subject: z.string().nullable(),
  result: z.enum(['done', 'failed', 'refused', 'started']),
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  requestId: z.string().nullable(),
  jobId: idSchema.nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditOperations = {
  listAudit: defineOperation({
    id: 'listAudit',
    method: 'GET',
    path: '/audit',
    feature: 'audit',
    summary: 'The audit log, newest first.',
    permission: 'audit.read',
    query: listQuerySchema.extend({ subjectUserId: idSchema.optional() }),
    response: pageOf(auditEntrySchema),
  }),
  exportAudit: defineOperation({
    id: 'exportAudit',
    method: 'GET',
    path: '/audit.csv',
    feature: 'audit',
    summary: 'The audit log as a CSV file, safe to open in a spreadsheet.',
    permission: 'audit.read',
    query: exportQuerySchema.extend({ subjectUserId: idSchema.optional() }),
    produces: 'text/csv',
  }),
  verifyAudit: defineOperation({
    id: 'verifyAudit',
    method: 'POST',
    path: '/audit/verify',
    feature: 'audit',
    summary: 'Proves that no entry was changed or removed since it was written.',
    permission: 'audit.read',
    response: z.object({ intact: z.boolean(), entries: z.number().int(), firstBroken: z.number().int().nullable() }),
  }),
};
