import type { GroupRecord } from '../../store/records.ts';
import { findDirectoryObject } from '../directory-objects/DirectoryObject.ts';
import { readReferenceBody } from '../directory-objects/reference.ts';
import { notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { inheritLicenses } from '../licenses/inheritLicenses.ts';
import { userType } from '../users/userType.ts';
import { authorizeGroupWrite } from './authorizeGroupWrite.ts';
import { getGroupToWrite } from './findGroup.ts';
import { addLinks, checkLinkable, checkLinks, getLinked, type LinkName } from './groupLinks.ts';
import { groupRefusals } from './groupRefusals.ts';

function getLinkableGroup(call: GraphCall): GroupRecord {
  const group = getGroupToWrite(call);
  authorizeGroupWrite(call, group);
  checkLinkable(group);
  return group;
}

function add(call: GraphCall, link: LinkName): GraphAnswer {
  const { tenant, world } = call;
  const group = getLinkableGroup(call);
  const id = readReferenceBody(call.body);
  if (id === undefined) throw groupRefusals.invalidReference();
  const object = getLinked(call, id);
  checkLinks(call, group, link, [object]);
  world.transaction(() => addLinks(tenant, group.id, link, [object]));
  return noContent;
}

/** POST /groups/{id}/members/$ref */
export function addMember(call: GraphCall): GraphAnswer {
  return add(call, 'members');
}

/** POST /groups/{id}/owners/$ref */
export function addOwner(call: GraphCall): GraphAnswer {
  return add(call, 'owners');
}

/** DELETE /groups/{id}/members/{objectId}/$ref */
export function removeMember(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const group = getLinkableGroup(call);
  const objectId = (call.params['objectId'] ?? '').toLowerCase();
  const { groupMembers } = tenant.directory;
  const visible = groupMembers.visible(`${group.id}/${objectId}`);
  if (visible === undefined) throw notFound(call.params['objectId'] ?? '');
  const link = groupMembers.get(visible.id);
  if (link === undefined) throw groupRefusals.notLinkedAnyMore('members');
  world.transaction(() => {
    tenant.directory.removeMember(link);
    inheritLicenses(tenant, objectId);
  });
  return noContent;
}

/** DELETE /groups/{id}/owners/{objectId}/$ref: the last owner that is a user stays. */
export function removeOwner(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const group = getLinkableGroup(call);
  const objectId = (call.params['objectId'] ?? '').toLowerCase();
  const { groupOwners } = tenant.directory;
  const link = groupOwners.get(`${group.id}/${objectId}`);
  if (link === undefined) throw notFound(call.params['objectId'] ?? '');
  const isUser = ({ objectId: id }: { objectId: string }): boolean =>
    findDirectoryObject(tenant, id, 'get')?.type === userType;
  const others = groupOwners.findAll('groupId', group.id).filter((other) => other.id !== link.id);
  if (isUser(link) && !others.some(isUser)) throw groupRefusals.lastOwner();
  world.transaction(() => tenant.directory.removeOwner(link));
  return noContent;
}
