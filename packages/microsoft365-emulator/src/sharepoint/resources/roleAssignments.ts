import { findPrincipal } from '../../files/principals.ts';
import {
  assignmentsAt,
  assignRole,
  breakInheritance,
  effectiveScopeId,
  isUnique,
  ownScopeId,
  replaceRoles,
  resetInheritance,
  type SecurableScope,
} from '../../files/roleAssignments.ts';
import { findRoleDefinition, levels, type RoleDefinition, roleDefinitions } from '../../files/roleDefinitions.ts';
import type { SharePointRoleAssignmentRecord } from '../../store/filesRecords.ts';
import { argument, numberArgument, type Resource, textArgument } from '../Resource.ts';
import type { RestCall } from '../RestCall.ts';
import { requireRestLevel } from '../requireRestLevel.ts';
import { SharePointError } from '../SharePointError.ts';
import { principalResource } from './principals.ts';

type Securable = Required<Pick<Resource, 'children' | 'actions' | 'more'>>;

/** What everything has that can have rights of its own: site, list, item. */
export function securable(call: RestCall, scope: SecurableScope, path: string): Securable {
  return {
    more: { HasUniqueRoleAssignments: () => isUnique(scope) },
    children: { roleassignments: () => roleAssignmentsResource(call, scope, path) },
    actions: {
      breakroleinheritance: (args) => {
        requireRestLevel(call, levels.full, scope);
        breakInheritance(call.tenant, scope, argument(args, 'copyroleassignments') === true);
        return undefined;
      },
      resetroleinheritance: () => {
        requireRestLevel(call, levels.full, scope);
        resetInheritance(call.tenant, scope);
        return undefined;
      },
    },
  };
}

function roleAssignmentsResource(call: RestCall, scope: SecurableScope, path: string): Resource {
  const { tenant, site } = call;
  const current = (): SharePointRoleAssignmentRecord[] => assignmentsAt(tenant, effectiveScopeId(tenant, scope));
  const find = (principal: number): SharePointRoleAssignmentRecord => {
    const found = current().find((assignment) => assignment.principal === principal);
    if (found === undefined) throw new SharePointError('principalMissing', { name: String(principal) });
    return found;
  };
  const one = (principal: number): Resource => assignmentResource(call, scope, path, find(principal));
  return {
    type: 'SP.RoleAssignment',
    path: `${path}/RoleAssignments`,
    items: () => current().map((assignment) => assignmentResource(call, scope, path, assignment)),
    byKey: (key) => one(Number(key)),
    functions: { getbyprincipalid: (args) => one(numberArgument(args, 'principalid')) },
    actions: {
      addroleassignment: (args) => {
        requireOwnRights(call, scope);
        const number = numberArgument(args, 'principalid');
        const role = numberArgument(args, 'roledefid', 1);
        if (findPrincipal(tenant, site.id, number) === undefined) {
          throw new SharePointError('principalMissing', { name: String(number) });
        }
        if (findRoleDefinition(role) === undefined) throw new SharePointError('badArgument');
        assignRole(tenant, site.id, ownScopeId(scope), number, role);
        return undefined;
      },
      removeroleassignment: (args) => {
        requireOwnRights(call, scope);
        const assignment = find(numberArgument(args, 'principalid'));
        const role = argument(args, 'roledefid', 1);
        // Without a role, as command lines send it, the principal loses all of them.
        const kept = role === undefined ? [] : assignment.roles.filter((one) => one !== Number(role));
        replaceRoles(tenant, assignment, kept);
        return undefined;
      },
    },
  };
}

/** Rights that are inherited can be changed only where they come from. */
function requireOwnRights(call: RestCall, scope: SecurableScope): void {
  requireRestLevel(call, levels.full, scope);
  if (isUnique(scope)) return;
  throw new SharePointError('invalidOperation', {
    name: 'You cannot customize permissions on an object with inherited permissions.',
  });
}

function assignmentResource(
  call: RestCall,
  scope: SecurableScope,
  path: string,
  assignment: SharePointRoleAssignmentRecord,
): Resource {
  const definitions = assignment.roles.flatMap((role) => findRoleDefinition(role) ?? []);
  const own = `${path}/RoleAssignments/GetByPrincipalId(${assignment.principal})`;
  return {
    type: 'SP.RoleAssignment',
    path: own,
    object: () => ({ PrincipalId: assignment.principal }),
    children: {
      member: () => {
        const principal = findPrincipal(call.tenant, call.site.id, assignment.principal);
        if (principal === undefined) throw new SharePointError('userNotFound');
        return principalResource(call, principal);
      },
      roledefinitionbindings: () => ({
        type: 'SP.RoleDefinition',
        path: `${own}/RoleDefinitionBindings`,
        items: () => definitions.map(definitionResource),
      }),
    },
    remove: () => {
      requireOwnRights(call, scope);
      call.tenant.files.roleAssignments.remove(assignment.id);
    },
  };
}

function definitionResource(definition: RoleDefinition): Resource {
  const { id, name, description, kind, order, isHidden, high, low } = definition;
  return {
    type: 'SP.RoleDefinition',
    path: `Web/RoleDefinitions(${id})`,
    object: () => ({
      BasePermissions: { High: high, Low: low },
      Description: description,
      Hidden: isHidden,
      Id: id,
      Name: name,
      Order: order,
      RoleTypeKind: kind,
    }),
  };
}

export function roleDefinitionsResource(): Resource {
  const one = (found: RoleDefinition | undefined): Resource => {
    if (found === undefined) throw new SharePointError('badArgument');
    return definitionResource(found);
  };
  return {
    type: 'SP.RoleDefinition',
    path: 'Web/RoleDefinitions',
    items: () => roleDefinitions.map(definitionResource),
    byKey: (key) => one(findRoleDefinition(Number(key))),
    functions: {
      getbyid: (args) => one(findRoleDefinition(numberArgument(args, 'id'))),
      getbyname: (args) =>
        one(roleDefinitions.find(({ name }) => name.toLowerCase() === textArgument(args, 'name').toLowerCase())),
      getbytype: (args) => one(roleDefinitions.find(({ kind }) => kind === numberArgument(args, 'roletype'))),
    },
  };
}
