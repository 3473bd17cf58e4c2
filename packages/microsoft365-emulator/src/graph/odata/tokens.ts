import * as z from 'zod';
import { refusal } from '../errors.ts';
import type { GraphError } from '../GraphError.ts';

// Real tokens of the directory are base64 and start like this.
const PREFIX = Buffer.from('DSpt\x02\x00\x01\x00\x00', 'latin1');

/** Packs what is needed to go on into a token of the directory's look. */
export function packToken(content: object): string {
  return Buffer.concat([PREFIX, Buffer.from(JSON.stringify(content))]).toString('base64url');
}

/** Reads a token of ours; anything else is refused as an expired one. */
export function unpackToken<T>(token: string, schema: z.ZodType<T>): T {
  try {
    const bytes = Buffer.from(token, 'base64url');
    return schema.parse(JSON.parse(bytes.subarray(PREFIX.length).toString('utf8')));
  } catch {
    throw expiredPageToken();
  }
}

export function expiredPageToken(): GraphError {
  return refusal('pageTokenExpired');
}

export const pageTokenSchema = z.object({ after: z.string(), position: z.number(), at: z.number() });
