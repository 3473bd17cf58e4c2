import type { LicenseChange } from '@isthmus/microsoft365';
import { isAnyOf } from '../../../storage/isAnyOf.ts';
import { nameOf, type Person, type PersonOrAccount } from '../Person.ts';
import { type ActionCall, type ActionOf, type ActionOutcome, demandOnline } from './ActionTools.ts';
import { accountsOf, demandPresent } from './onlineActions.ts';

/** Whoever has a product, or is not to have it, waits for it no longer. @returns the products that were waited for */
async function endWaiting({ tools }: ActionCall, userId: string, skuIds: readonly string[]): Promise<string[]> {
  const rows = await tools.database
    .deleteFrom('license_wait')
    .where('user_id', '=', userId)
    .where(isAnyOf('sku_id', skuIds))
    .returning('sku_id')
    .execute();
  return rows.map((row) => row.sku_id);
}

/** Gives and takes products in one call; only what is not so yet is asked of Microsoft 365. */
export async function changeLicenses(
  wanted: LicenseChange,
  person: PersonOrAccount,
  call: ActionCall,
): Promise<ActionOutcome> {
  const before = await demandPresent(person, call);
  const after = await accountsOf(call).changeLicenses(before.id, wanted, call.options);
  await call.tools.people.saveOnline(after);
  if (person.user !== undefined) await endWaiting(call, person.user.id, [...wanted.add, ...wanted.remove]);
  const given = after.skuIds.filter((skuId) => !before.skuIds.includes(skuId));
  const taken = before.skuIds.filter((skuId) => !after.skuIds.includes(skuId));
  const services = wanted.add.filter(
    (skuId) => !given.includes(skuId) && String(before.disabledPlans[skuId]) !== String(after.disabledPlans[skuId]),
  );
  if (given.length + taken.length > 0) call.tools.licensesChanged();
  if (given.length + taken.length + services.length === 0) return 'unchanged';
  const isTaking = given.length + services.length === 0;
  return {
    side: 'online',
    event: isTaking ? 'online.licenses-removed' : 'online.licenses-assigned',
    sentence: isTaking ? `Took licenses from ${nameOf(person)}` : `Assigned licenses to ${nameOf(person)}`,
    changes: [
      ...taken.map((skuId) => ({ field: 'license', before: skuId, after: null })),
      ...given.map((skuId) => ({ field: 'license', before: null, after: skuId })),
      ...services.map((skuId) => ({
        field: 'servicesOff',
        before: before.disabledPlans[skuId]?.join(', ') ?? null,
        after: after.disabledPlans[skuId]?.join(', ') ?? null,
      })),
    ],
    onlineAccountId: before.id,
  };
}

export async function wait(action: ActionOf<'license.wait'>, person: Person, call: ActionCall): Promise<ActionOutcome> {
  const { tools, context } = call;
  const online = demandOnline(person);
  const missing = action.skuIds.filter((skuId) => !online.skuIds.includes(skuId));
  if (missing.length === 0) return 'unchanged';
  const rows = await tools.database
    .insertInto('license_wait')
    .values(
      missing.map((skuId) => ({
        user_id: person.user.id,
        sku_id: skuId,
        disabled_plans: [...(action.disabledPlans ?? [])],
        asked_by: context.actor,
        asked_at: tools.clock.now(),
      })),
    )
    .onConflict((conflict) => conflict.columns(['user_id', 'sku_id']).doNothing())
    .returning('sku_id')
    .execute();
  if (rows.length === 0) return 'unchanged';
  // A seat that became free in the meantime is found by reading the numbers again.
  tools.licensesChanged();
  return {
    side: 'isthmus',
    event: 'license.waiting',
    sentence: `${nameOf(person)} waits for a free license`,
    changes: rows.map((row) => ({ field: 'license', before: null, after: row.sku_id })),
    onlineAccountId: online.id,
  };
}

export async function stopWaiting(
  action: ActionOf<'license.stop-waiting'>,
  person: Person,
  call: ActionCall,
): Promise<ActionOutcome> {
  const ended = await endWaiting(call, person.user.id, action.skuIds);
  if (ended.length === 0) return 'unchanged';
  return {
    side: 'isthmus',
    event: 'license.waiting-ended',
    sentence: `${nameOf(person)} waits for a license no longer`,
    changes: ended.map((skuId) => ({ field: 'license', before: skuId, after: null })),
  };
}
