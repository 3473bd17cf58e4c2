import * as z from 'zod';
import { fileError } from '../../files/fileErrors.ts';
import { findPrincipal } from '../../files/principals.ts';
import { replaceRoles } from '../../files/roleAssignments.ts';
import { levels, roleIds } from '../../files/roleDefinitions.ts';
import type { FileView } from '../drives/filesOdata.ts';
import { answerList, answerOne } from '../drives/filesOdata.ts';
import { type FoundItem, getItem } from '../drives/findDrive.ts';
import { readBody } from '../drives/readBody.ts';
import { requireItemLevel } from '../drives/requireItemLevel.ts';
import { type GraphAnswer, type GraphCall, noContent } from '../GraphCall.ts';
import { type ItemPermission, itemPermissions, rolePermission } from './permissionView.ts';

const view: FileView<ItemPermission> = { kind: 'permission', toObject: ({ object }) => object };
const changeSchema = z.object({ roles: z.array(z.enum(['read', 'write', 'owner'])).min(1) });

export const rolesByWord = { read: roleIds.read, write: roleIds.contribute, owner: roleIds.fullControl } as const;

/** GET …/permissions */
export function listItemPermissions(call: GraphCall): GraphAnswer {
  const found = getItem(call);
  requireItemLevel(call, found, found.item, levels.read);
  const values = itemPermissions(call.tenant, found, found.item);
  return answerList(call, { ...view, set: 'permissions', values });
}

/** GET …/permissions/{id} */
export function getItemPermission(call: GraphCall): GraphAnswer {
  const { permission } = findPermission(call, levels.read);
  return answerOne(call, view, 'permissions', permission);
}

/** PATCH …/permissions/{id}: other roles for somebody who has some on this very item. */
export function updateItemPermission(call: GraphCall): GraphAnswer {
  const { roles } = readBody(call, changeSchema);
  const { found, permission } = findPermission(call, levels.write);
  const { assignment, isInherited } = permission;
  if (isInherited || assignment === undefined) {
    throw fileError('invalid', 'Only permissions that were given on this item itself can be changed.');
  }
  call.world.transaction(() =>
    replaceRoles(
      call.tenant,
      assignment,
      roles.map((role) => rolesByWord[role]),
    ),
  );
  const principal = findPrincipal(call.tenant, found.site.id, assignment.principal);
  const object = principal === undefined ? permission.object : { ...rolePermission(principal, roles) };
  return answerOne(call, view, 'permissions', { ...permission, object });
}

/** DELETE …/permissions/{id}. Microsoft documentation: only what is not inherited can be deleted. */
export function deleteItemPermission(call: GraphCall): GraphAnswer {
  const { permission } = findPermission(call, levels.write);
  const { assignment, link, isInherited } = permission;
  if (isInherited) throw fileError('invalid', 'Inherited permissions cannot be deleted from an item.');
  call.world.transaction(() => {
    if (link !== undefined) call.tenant.files.sharingLinks.remove(link.id);
    if (assignment !== undefined) call.tenant.files.roleAssignments.remove(assignment.id);
  });
  return noContent;
}

function findPermission(
  call: GraphCall,
  level: typeof levels.read | typeof levels.write,
): { found: FoundItem; permission: ItemPermission } {
  const found = getItem(call);
  requireItemLevel(call, found, found.item, level);
  const permission = itemPermissions(call.tenant, found, found.item).find(
    ({ object }) => object.id === call.params['permission'],
  );
  if (permission === undefined) throw fileError('itemMissing');
  return { found, permission };
}
