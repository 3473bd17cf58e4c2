import type * as graph from '@microsoft/microsoft-graph-types';
import { contactType } from '../contacts/contactType.ts';
import { directoryRoleType } from '../directory-roles/directoryRoleType.ts';
import { malformed, unsupportedQuery } from '../errors.ts';
import { type GraphAnswer, type GraphCall, hasEventualConsistency } from '../GraphCall.ts';
import { groupType } from '../groups/groupType.ts';
import { countObjects, type Listing, listObjects } from '../odata/listObjects.ts';
import { makeResourceType, type ResourceType } from '../odata/ResourceType.ts';
import { servicePrincipalType } from '../service-principals/servicePrincipalType.ts';
import { userType } from '../users/userType.ts';
import type { DirectoryObject } from './DirectoryObject.ts';

const types: readonly ResourceType[] = [userType, groupType, servicePrincipalType, contactType, directoryRoleType];

/** What any of the kinds of objects has that can be in a group. */
const directoryObjectType = makeResourceType<graph.DirectoryObject>(
  'DirectoryObject',
  'directoryObjects',
  Object.fromEntries([...types].reverse().flatMap(({ properties }) => [...properties])),
);

/** Kinds of objects that a list of several kinds can be narrowed to, as `/members/microsoft.graph.user`. */
export const casts: ReadonlyMap<string, ResourceType> = new Map([
  ...types.map((type) => [type.typeName.replace('microsoft.graph.', ''), type] as const),
]);

function listingOf(values: () => readonly DirectoryObject[], cast: string | undefined): Listing<DirectoryObject> {
  const type = cast === undefined ? undefined : casts.get(cast);
  if (cast !== undefined && type === undefined) throw malformed(`Resource not found for the segment '${cast}'.`);
  const read: Listing<DirectoryObject>['read'] = (object, name) => object.read(name);
  if (type === undefined) return { type: directoryObjectType, values, read, typeOf: (object) => object.type };
  return { type, values: () => values().filter((object) => object.type === type), read };
}

/** Answers a list of objects of several kinds, or of those of one kind. */
export function listDirectoryObjects(
  call: GraphCall,
  values: () => readonly DirectoryObject[],
  { cast, hasPages = true }: { readonly cast?: string | undefined; readonly hasPages?: boolean } = {},
): GraphAnswer {
  return listObjects(call, { ...listingOf(values, cast), hasPages });
}

/** Answers `/$count` below such a list. */
export function countDirectoryObjects(
  call: GraphCall,
  values: () => readonly DirectoryObject[],
  cast?: string,
): GraphAnswer {
  if (!hasEventualConsistency(call)) throw unsupportedQuery('$count is not currently supported.');
  const count = countObjects(call, listingOf(values, cast));
  return { status: 200, body: String(count), headers: { 'content-type': 'text/plain' } };
}
