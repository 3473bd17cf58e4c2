import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { fileError } from '../../files/fileErrors.ts';
import { levels } from '../../files/roleDefinitions.ts';
import type { SharingLinkRecord } from '../../store/filesRecords.ts';
import { context } from '../drives/filesOdata.ts';
import { getItem } from '../drives/findDrive.ts';
import { readBody } from '../drives/readBody.ts';
import { requireItemLevel } from '../drives/requireItemLevel.ts';
import type { GraphAnswer, GraphCall } from '../GraphCall.ts';
import { sharePointSettings } from '../sites/sharePointSettings.ts';
import { recipientSchema, resolveRecipient } from './invite.ts';
import { linkPermission } from './permissionView.ts';

const linkSchema = z.object({
  // Links to embed exist for personal OneDrive only.
  type: z.enum(['view', 'edit']).default('view'),
  scope: z.enum(['anonymous', 'organization', 'users']).default('organization'),
  expirationDateTime: z.iso.datetime({ offset: true }).nullish(),
  password: z.string().nullish(),
  recipients: z.array(recipientSchema).nullish(),
});

/** POST …/createLink: 201 with a new link, 200 with the one that is there already. */
export function createLink(call: GraphCall): GraphAnswer {
  const order = readBody(call, linkSchema);
  const { tenant } = call;
  const { site, item } = getItem(call);
  requireItemLevel(call, { site }, item, levels.write);
  const anonymousIsAllowed = sharePointSettings(tenant)['sharingCapability'] === 'externalUserAndGuestSharing';
  if (order.scope === 'anonymous' && !anonymousIsAllowed) throw fileError('sharingDisabled');
  const { type, scope } = order;
  const known = tenant.files.sharingLinks
    .findAll('item', item.id)
    .find((link) => link.type === type && link.scope === scope && scope !== 'users');
  const link = known ?? call.world.transaction(() => addLink(call, { siteId: site.id, itemId: item.id }, order));
  const body = { '@odata.context': context(call, 'permission'), ...linkPermission(tenant, site, link) };
  return { status: known === undefined ? 201 : 200, body };
}

function addLink(
  call: GraphCall,
  where: { readonly siteId: string; readonly itemId: string },
  { type, scope, password, expirationDateTime, recipients }: z.infer<typeof linkSchema>,
): SharingLinkRecord {
  const people = (recipients ?? []).map((recipient) => resolveRecipient(call, where.siteId, recipient));
  const link: SharingLinkRecord = {
    id: randomUUID(),
    ...where,
    type,
    scope,
    shareId: `u!${randomBytes(24).toString('base64url')}`,
    hasPassword: typeof password === 'string' && password !== '',
    expirationDateTime: expirationDateTime ?? null,
    userIds: people.flatMap(({ objectId }) => objectId ?? []),
  };
  call.tenant.files.sharingLinks.put(link);
  return link;
}
