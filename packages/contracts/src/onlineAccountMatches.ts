import { z } from 'zod';
import { freshnessSchema, idSchema, listQuerySchema, pageOf } from './common.ts';
import { defineOperation } from './operation.ts';
import { commandQuerySchema, commandResultSchema } from './plans.ts';

/** What two accounts have in common, the strongest first. */
export const matchEvidenceSchema = z.enum(['immutable-id', 'sign-in-name', 'mail', 'name']);
export type MatchEvidence = z.infer<typeof matchEvidenceSchema>;

/** A user account and the online accounts that may be the same person’s. */
export const matchSchema = z.object({
  userId: idSchema,
  userName: z.string(),
  displayName: z.string(),
  evidence: matchEvidenceSchema,
  confidence: z.enum(['certain', 'likely', 'possible']),
  /** More than one account or more than one person fits: somebody has to choose. */
  ambiguous: z.boolean(),
  reason: z.string(),
  accounts: z.array(z.object({ id: idSchema, address: z.string(), displayName: z.string() })).min(1),
});
export type Match = z.infer<typeof matchSchema>;

const MAXIMUM = 10_000;
const feature = 'online-accounts';

export const onlineAccountMatchOperations = {
  listMatches: defineOperation({
    id: 'listMatches',
    method: 'GET',
    path: '/online-accounts/matches',
    feature,
    summary: 'People without a link and the online accounts that seem to be theirs, and why.',
    permission: 'users.read',
    query: listQuerySchema.extend({
      limit: z.coerce.number().int().min(1).max(MAXIMUM).default(MAXIMUM),
      filter: matchEvidenceSchema.optional().describe('Only what was found by this'),
    }),
    response: pageOf(matchSchema).extend({ online: freshnessSchema }),
  }),
  matchOnlineAccounts: defineOperation({
    id: 'matchOnlineAccounts',
    method: 'POST',
    path: '/online-accounts/match',
    feature,
    summary: 'Links the given pairs of user account and online account; from then on these follow the directory.',
    permission: 'online-accounts.write',
    query: commandQuerySchema,
    body: z.object({
      pairs: z
        .array(z.object({ userId: idSchema, onlineAccountId: idSchema }))
        .min(1)
        .max(MAXIMUM),
    }),
    response: commandResultSchema,
    status: 202,
  }),
};
