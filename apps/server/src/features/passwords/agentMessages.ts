import { z } from 'zod';

/** What the capture agent says. Sealed passwords are padded to blocks of 64 bytes, so they stay far below the limit. */
export const capturedPasswordSchema = z.object({
  userId: z.guid().transform((id) => id.toLowerCase()),
  changedAt: z.coerce.date(),
  version: z.string().regex(/^\d{1,20}$/),
  sealed: z.base64().min(1).max(8192),
});

export const captureReportSchema = z.object({
  capture: z.enum(['ready', 'not-configured', 'broken']),
  detail: z.string().max(2000),
  dcHostName: z.string().max(255),
  lastChangeAt: z.coerce.date().nullable(),
  pending: z.number().int().min(0),
});
export type CaptureReport = z.infer<typeof captureReportSchema>;
