import * as z from 'zod';
import { ExchangeError } from './errors/ExchangeError.ts';

/** The body of every call: names are case-sensitive, and no parameters are `{}`. */
const bodySchema = z.object({
  CmdletInput: z.object({
    CmdletName: z.string().min(1),
    Parameters: z.record(z.string(), z.unknown()).default({}),
  }),
});

export type CmdletInput = z.infer<typeof bodySchema>['CmdletInput'];

export function readCmdletInput(body: unknown): CmdletInput {
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return parsed.data.CmdletInput;
  throw new ExchangeError('malformed', {
    text: 'The request body is missing or is not valid: it must be an object with CmdletInput, CmdletName and Parameters.',
  });
}
