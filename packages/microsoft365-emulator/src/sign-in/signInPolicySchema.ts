import * as z from 'zod';

/** A refusal that hits whoever signs in, or only some: what Conditional Access would do in a real tenant. */
export const signInPolicySchema = z.strictObject({
  /** 50076: a second factor is wanted; 50079: it has to be enrolled first; 53003: access is blocked. */
  refusal: z.literal([50076, 50079, 53003]),
  userPrincipalName: z.string().toLowerCase().optional(),
  appId: z.guid().toLowerCase().optional(),
});
