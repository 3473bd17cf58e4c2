import * as z from 'zod';
import type { RestObject } from './Resource.ts';
import type { RestCall } from './RestCall.ts';
import { SharePointError } from './SharePointError.ts';

const bodySchema = z.record(z.string(), z.unknown());

/** The body as an object, without the notes about its type. */
export function readRestBody(call: RestCall): RestObject {
  if (call.bytes.length === 0) return {};
  const parsed = bodySchema.safeParse(parseJson(call.bytes));
  if (!parsed.success) throw unreadable();
  return Object.fromEntries(
    Object.entries(parsed.data).filter(([name]) => !/^(__metadata|odata\.|@odata\.)/.test(name)),
  );
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw unreadable();
  }
}

/** A part of the body that has to be of a certain form. */
export function restValue<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new SharePointError('badArgument');
  return parsed.data;
}

function unreadable(): SharePointError {
  return new SharePointError('badBody', { name: 'Invalid JSON. A token was not recognized in the JSON content.' });
}
