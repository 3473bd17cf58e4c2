import * as z from 'zod';

/** A phone as whoever adds one describes it. */
export const phoneSchema = z.strictObject({
  /** Id or user principal name of whoever owns it. */
  user: z.string().min(1),
  model: z.string().min(1).default('iPhone15C2'),
  type: z.string().min(1).optional(),
  os: z.string().default('iOS 19.1 23B82'),
  /** How it talks to Exchange: ActiveSync, Outlook for phones, or an older Outlook. */
  client: z.enum(['EAS', 'Outlook', 'REST']).default('EAS'),
  clientVersion: z.string().default('16.1'),
  deviceId: z.string().min(1).max(64).optional(),
  userAgent: z.string().optional(),
  friendlyName: z.string().default(''),
  imei: z.string().default(''),
  phoneNumber: z.string().default(''),
  mobileOperator: z.string().default(''),
  osLanguage: z.string().default('en'),
  supportsWipe: z.boolean().default(true),
  /** False for a phone that cannot do everything that its policy asks for. */
  meetsPolicy: z.boolean().default(true),
});

export type NewPhone = z.input<typeof phoneSchema>;
export type ParsedPhone = z.output<typeof phoneSchema>;
