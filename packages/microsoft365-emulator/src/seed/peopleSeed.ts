import * as z from 'zod';

export const peopleSeedSchema = z.strictObject({
  /** How many people to invent. */
  count: z.number().int().min(0).max(1_000_000),
  /** Another one gives other ids to the same names. */
  variant: z.string().default(''),
  /** Where their user names are; the default domain without it. */
  domain: z.string().toLowerCase().optional(),
  usageLocation: z.string().length(2).default('US'),
  /** Part numbers or ids of subscriptions that each of them has. */
  licenses: z.array(z.string()).default([]),
  /** One password for all of them; one that nobody knows without it. */
  password: z.string().optional(),
});

export type PeopleSeed = z.output<typeof peopleSeedSchema>;
