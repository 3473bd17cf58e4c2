import { z } from 'zod';
import { defineOperation } from './operation.ts';
import { commandQuerySchema, commandResultSchema } from './plans.ts';
import { accountSelectionBody } from './users.ts';

const domain = z.string().trim().toLowerCase().min(3).max(255);

export const signInNamesSchema = accountSelectionBody.extend({
  address: z.string().trim().min(3).max(113).optional().describe('New address, of one online account'),
  domain: domain.optional().describe('New domain of the addresses; the part before the @ stays'),
  leave: domain
    .optional()
    .describe(
      'Only names at this domain move to `domain`, and e-mail addresses at it are taken off, so that nothing uses it',
    ),
  upnSuffix: domain.optional().describe('New suffix of the names in the directory (user principal names)'),
});
export type SignInNamesRequest = z.output<typeof signInNamesSchema>;

export const signInNameOperations = {
  changeSignInNames: defineOperation({
    id: 'changeSignInNames',
    method: 'POST',
    path: '/users/sign-in-names',
    feature: 'users',
    summary: 'Renames one online account, or changes domain and suffix of the sign-in names of many people.',
    permission: 'online-accounts.write',
    query: commandQuerySchema,
    body: signInNamesSchema,
    response: commandResultSchema,
    status: 202,
  }),
};
