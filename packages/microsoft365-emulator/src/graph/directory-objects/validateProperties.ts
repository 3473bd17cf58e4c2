import * as z from 'zod';
import { badRequest } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { GraphError, type GraphErrorDetail } from '../GraphError.ts';
import { checkGroupValues, checkUniqueNickname } from '../groups/groupRules.ts';

const bodySchema = z.object({
  entityType: z.literal('Group'),
  displayName: z.string().nullish(),
  mailNickname: z.string().nullish(),
  onBehalfOfUserId: z.guid().nullish(),
});

/** POST /directoryObjects/validateProperties: whether a Microsoft 365 group could have these names. */
export function validateProperties(call: GraphCall): GraphAnswer {
  const parsed = bodySchema.safeParse(call.body);
  if (!parsed.success) throw badRequest('One or more properties contains invalid values.');
  const { mailNickname, displayName } = parsed.data;
  const checks = [
    { target: 'displayName', check: () => checkGroupValues(displayName ? { displayName } : {}) },
    { target: 'mailNickname', check: () => checkGroupValues(mailNickname ? { mailNickname } : {}) },
    { target: 'mailNickname', check: () => checkUniqueNickname(call.tenant, mailNickname ?? undefined) },
  ];
  const details = checks.flatMap(({ target, check }) => detailOf(target, check) ?? []);
  const [first] = details;
  if (first === undefined) return noContent;
  throw new GraphError(422, 'UnprocessableEntity', first.message, { details });
}

function detailOf(target: string, check: () => void): GraphErrorDetail | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { code: error.details[0]?.code ?? 'InvalidValue', message: error.message, target };
  }
}
