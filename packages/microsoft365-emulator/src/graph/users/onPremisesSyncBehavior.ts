import * as z from 'zod';
import type { UserRecord } from '../../store/records.ts';
import { invalidValue } from '../errors.ts';
import { type GraphAnswer, type GraphCall, noContent, ok } from '../GraphCall.ts';
import { getUserToWrite, getVisibleUser } from './findUser.ts';

const bodySchema = z.strictObject({ isCloudManaged: z.boolean().optional() });

/** Whether the cloud decides about a user: always, except for those that a synchronization brought and still owns. */
export function isCloudManaged(user: UserRecord): boolean {
  return user.properties['onPremisesSyncEnabled'] !== true || user.properties['isCloudManaged'] === true;
}

/** GET /users/{id}/onPremisesSyncBehavior */
export function getOnPremisesSyncBehavior(call: GraphCall): GraphAnswer {
  const user = getVisibleUser(call);
  const context = `https://graph.microsoft.com/v1.0/$metadata#users('${call.params['id'] ?? ''}')/onPremisesSyncBehavior/$entity`;
  return ok({ '@odata.context': context, id: user.id, isCloudManaged: isCloudManaged(user) });
}

/** PATCH /users/{id}/onPremisesSyncBehavior: moves the source of authority to the cloud, or back. */
export function updateOnPremisesSyncBehavior(call: GraphCall): GraphAnswer {
  const { tenant, world } = call;
  const user = getUserToWrite(call);
  const parsed = bodySchema.safeParse(call.body);
  if (!parsed.success) throw invalidValue('isCloudManaged', 'OnPremisesSyncBehavior');
  const wanted = parsed.data.isCloudManaged;
  if (wanted === undefined) return noContent;
  world.transaction(() => tenant.saveUser({ ...user, properties: { ...user.properties, isCloudManaged: wanted } }));
  return noContent;
}
