import { z } from 'zod';
import { idParamsSchema } from './common.ts';
import { defineOperation } from './operation.ts';
import { commandQuerySchema, commandResultSchema } from './plans.ts';

/** Exchange Online takes at most so many addresses for one mailbox. Source: "Exchange Online limits". */
const MOST_ALIASES = 400;
const address = z.string().trim().min(3).max(256);

export const mailAddressesSchema = z.object({
  primaryAddress: z.string().nullable().describe('The address that mail is sent from; null = no mailbox'),
  aliases: z.array(z.string()).describe('Further addresses that mail arrives at'),
  hidden: z.boolean().describe('Address lists leave the person out'),
  forwardTo: z.string().nullable().describe('Where mail is sent on to'),
  domains: z.array(z.string()).describe('Verified domains of the tenant, the default one first'),
});
export type MailAddresses = z.infer<typeof mailAddressesSchema>;

const feature = 'mail-addresses';

export const mailAddressOperations = {
  getMailAddresses: defineOperation({
    id: 'getMailAddresses',
    method: 'GET',
    path: '/online-accounts/:id/mail-addresses',
    feature,
    summary: 'E-mail addresses of the account’s mailbox, as Exchange Online answers now.',
    permission: 'users.read',
    params: idParamsSchema,
    response: mailAddressesSchema,
  }),
  setMailAddresses: defineOperation({
    id: 'setMailAddresses',
    method: 'PUT',
    path: '/online-accounts/:id/mail-addresses',
    feature,
    summary: 'Replaces the e-mail addresses; the e-mail property of the user account, if any, follows the primary one.',
    permission: 'online-accounts.write',
    params: idParamsSchema,
    query: commandQuerySchema,
    body: z.object({ primaryAddress: address, aliases: z.array(address).max(MOST_ALIASES).default([]) }),
    response: commandResultSchema,
    status: 202,
  }),
};
