import type * as z from 'zod';
import { fileError } from '../../files/fileErrors.ts';
import type { GraphCall } from '../GraphCall.ts';

/** The body of a call, checked; what does not fit is refused as SharePoint refuses it. */
export function readBody<T>(call: Pick<GraphCall, 'body'>, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(call.body ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw fileError('invalid', where === '' ? 'Invalid request' : `The value of '${where}' is missing or not valid.`);
}
