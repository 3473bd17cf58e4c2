import * as z from 'zod';
import { isGuid } from '../users/findUser.ts';

const bodySchema = z.object({ '@odata.id': z.string() });

/** The id in a link such as `https://graph.microsoft.com/v1.0/directoryObjects/{id}`. */
export function readReference(link: string): string | undefined {
  const id = /\/(?:directoryObjects|users|groups|servicePrincipals|devices|contacts)(?:\/|\(')([^/')]+)/.exec(
    link,
  )?.[1];
  return id !== undefined && isGuid(id) ? id.toLowerCase() : undefined;
}

/** The id in the body of a `POST …/$ref`. */
export function readReferenceBody(body: unknown): string | undefined {
  const parsed = bodySchema.safeParse(body);
  return parsed.success ? readReference(parsed.data['@odata.id']) : undefined;
}
