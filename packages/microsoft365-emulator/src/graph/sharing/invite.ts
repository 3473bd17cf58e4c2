import * as z from 'zod';
import { fileError } from '../../files/fileErrors.ts';
import { ensurePrincipal } from '../../files/principals.ts';
import { assignRole, breakInheritance, ownScopeId, scopeOfItem } from '../../files/roleAssignments.ts';
import { levels } from '../../files/roleDefinitions.ts';
import type { PrincipalRecord } from '../../store/filesRecords.ts';
import { context } from '../drives/filesOdata.ts';
import { getItem } from '../drives/findDrive.ts';
import { readBody } from '../drives/readBody.ts';
import { requireItemLevel } from '../drives/requireItemLevel.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { rolesByWord } from './itemPermissions.ts';
import { rolePermission } from './permissionView.ts';

const recipientSchema = z.object({
  email: z.string().nullish(),
  alias: z.string().nullish(),
  objectId: z.string().nullish(),
});
const inviteSchema = z.object({
  recipients: z.array(recipientSchema).min(1),
  roles: z.array(z.enum(['read', 'write'])).min(1),
  requireSignIn: z.boolean().nullish(),
  sendInvitation: z.boolean().nullish(),
  message: z.string().max(2000).nullish(),
  retainInheritedPermissions: z.boolean().nullish(),
  expirationDateTime: z.string().nullish(),
  password: z.string().nullish(),
});

/** POST …/invite: gives people of the organization roles on an item. */
export function invite(call: GraphCall): GraphAnswer {
  const order = readBody(call, inviteSchema);
  const { tenant } = call;
  const { site, item } = getItem(call);
  requireItemLevel(call, { site }, item, levels.write);
  const value = call.world.transaction(() => {
    const people = order.recipients.map((recipient) => resolveRecipient(call, site.id, recipient));
    breakInheritance(tenant, scopeOfItem(tenant, item), order.retainInheritedPermissions ?? true);
    const scopeId = ownScopeId(scopeOfItem(tenant, item));
    return people.map((person) => {
      for (const role of order.roles) assignRole(tenant, site.id, scopeId, person.number, rolesByWord[role]);
      const invitation = { email: person.email, signInRequired: order.requireSignIn ?? true };
      return { ...rolePermission(person, order.roles), invitation };
    });
  });
  return ok({ '@odata.context': context(call, 'Collection(permission)'), value });
}

export function resolveRecipient(
  call: GraphCall,
  siteId: string,
  { email, alias, objectId }: z.infer<typeof recipientSchema>,
): PrincipalRecord {
  const name = objectId ?? email ?? alias ?? '';
  const principal = name === '' ? undefined : ensurePrincipal(call.tenant, siteId, name);
  if (principal === undefined) throw fileError('unresolvedUsers');
  return principal;
}

export { recipientSchema };
