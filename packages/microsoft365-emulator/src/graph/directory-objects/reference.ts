import * as z from 'zod';
import { isGuid } from '../users/findUser.ts';

const bodySchema = z.object({ '@odata.id': z.string() });

/** The object's set behind the root, the tenant or nothing at all, and its key as a part of the path or in parentheses. */
const LINK =
  /(?:^|\/)(?:directoryObjects|users|groups|servicePrincipals|devices|contacts)(?:\/|\(')([^/?#]+?)(?:'\))?(?:[/?#]|$)/;

/** What a link such as `https://graph.microsoft.com/v1.0/users/{id or name}` or `directoryObjects('{id}')` names. */
function readKey(link: string): string | undefined {
  const key = LINK.exec(link)?.[1];
  if (key === undefined) return undefined;
  try {
    return decodeURIComponent(key).replaceAll("''", "'");
  } catch {
    return undefined;
  }
}

/** The id in a link to a directory object. */
export function readReference(link: string): string | undefined {
  const key = readKey(link);
  return key !== undefined && isGuid(key) ? key.toLowerCase() : undefined;
}

/** The id in the body of a `POST …/$ref`. */
export function readReferenceBody(body: unknown): string | undefined {
  const parsed = bodySchema.safeParse(body);
  return parsed.success ? readReference(parsed.data['@odata.id']) : undefined;
}

/** The id or user principal name in the body of a `PUT …/$ref`. */
export function readUserReferenceBody(body: unknown): string | undefined {
  const parsed = bodySchema.safeParse(body);
  return parsed.success ? readKey(parsed.data['@odata.id']) : undefined;
}
