import { randomUUID } from 'node:crypto';
import type { Person } from '../Person.ts';
import type { ActionCall, ActionTools } from './ActionTools.ts';

/** How long Microsoft 365 keeps a removed account. */
const RESTORABLE_MS = 30 * 24 * 60 * 60_000;

async function findOpenRemoval(tools: ActionTools, userId: string) {
  return tools.database
    .selectFrom('removal')
    .select(['id', 'online_snapshot', 'removed_at'])
    .where('user_id', '=', userId)
    .where('restored_at', 'is', null)
    .where('restorable_until', '>', tools.clock.now())
    .orderBy('removed_at', 'desc')
    .executeTakeFirst();
}

/** A picture of an earlier removal, from which the person has come back since. */
function isOutdated(takenAt: Date, person: Person): boolean {
  const isWhole = person.removedAt === undefined && person.online?.deletedAt === undefined;
  return isWhole || (person.returnedAt !== undefined && takenAt < person.returnedAt);
}

/** With the groups that an off-boarding took before. */
function wholeUser({ user, offboarding }: Person): Person['user'] {
  return { ...user, groupDns: [...new Set([...user.groupDns, ...(offboarding?.groupDns ?? [])])] };
}

/** With the licenses that a hold took before. */
function wholeOnline({ online, link }: Person): Person['online'] {
  return online && { ...online, skuIds: [...new Set([...online.skuIds, ...(link?.hold?.skuIds ?? [])])] };
}

/**
 * Keeps everything that is needed to bring the person back: both accounts with groups, licenses and addresses.
 * Run again when half is gone already, it keeps the first picture, which is the whole one.
 */
export async function takeSnapshot(person: Person, { tools, context }: ActionCall): Promise<'unchanged'> {
  const open = await findOpenRemoval(tools, person.user.id);
  if (open !== undefined && !isOutdated(open.removed_at, person)) return 'unchanged';
  if (open !== undefined) await closeRemoval(tools, person.user.id);
  const now = tools.clock.now();
  await tools.database
    .insertInto('removal')
    .values({
      id: randomUUID(),
      user_id: person.user.id,
      online_account_id: person.online?.id ?? null,
      user_snapshot: JSON.stringify(wholeUser(person)),
      online_snapshot: person.online === undefined ? null : JSON.stringify(wholeOnline(person)),
      removed_at: now,
      removed_by: context.actor,
      restorable_until: new Date(now.getTime() + RESTORABLE_MS),
    })
    .execute();
  return 'unchanged';
}

/** Products that the person had before the removal. */
export async function findRemovedLicenses(tools: ActionTools, userId: string): Promise<readonly string[]> {
  const open = await findOpenRemoval(tools, userId);
  const snapshot = open?.online_snapshot;
  const skuIds = snapshot && 'skuIds' in snapshot ? snapshot.skuIds : [];
  return Array.isArray(skuIds) ? skuIds.filter((skuId) => typeof skuId === 'string') : [];
}

export async function closeRemoval(tools: ActionTools, userId: string): Promise<void> {
  await tools.database
    .updateTable('removal')
    .set({ restored_at: tools.clock.now() })
    .where('user_id', '=', userId)
    .where('restored_at', 'is', null)
    .execute();
}
