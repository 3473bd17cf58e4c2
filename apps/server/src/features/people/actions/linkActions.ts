import type { HoldReason } from '@isthmus/contracts';
import { DomainError, parseOnlineAccountId } from '@isthmus/kernel';
import { nameOf, type Person } from '../Person.ts';
import type { ActionCall, ActionOf, ActionOutcome } from './ActionTools.ts';
import { accountsOf } from './onlineActions.ts';

/**
 * A link is never taken from a living user account.
 * @returns whether the former one was blocked by us, so that the mark moves along
 */
async function freeFromFormer(onlineAccountId: string, person: Person, { tools }: ActionCall): Promise<boolean> {
  const holder = await tools.database
    .selectFrom('link')
    .innerJoin('directory_user', 'directory_user.id', 'link.user_id')
    .select(['link.user_id', 'link.blocked_by_us', 'directory_user.display_name', 'directory_user.removed_at'])
    .where('link.online_account_id', '=', onlineAccountId)
    .where('link.user_id', '<>', person.user.id)
    .executeTakeFirst();
  if (holder === undefined) return false;
  if (holder.removed_at === null) {
    throw new DomainError({
      code: 'users.link-taken',
      message: `The online account is linked to ${holder.display_name}.`,
      remedy: 'Unlink it there first.',
    });
  }
  await tools.people.unlink(holder.user_id);
  return holder.blocked_by_us;
}

export async function createLink(
  action: ActionOf<'link.create'>,
  person: Person,
  call: ActionCall,
): Promise<ActionOutcome> {
  const id = parseOnlineAccountId(action.onlineAccountId);
  if (person.online !== undefined && person.online.id !== id) {
    throw new DomainError({
      code: 'users.link-taken',
      message: `${nameOf(person)} is linked to ${person.online.upn}.`,
      remedy: 'Unlink it first.',
    });
  }
  const { anchor } = person.user;
  const found = await accountsOf(call).find(id, call.options);
  if (found === undefined) {
    throw new DomainError({
      code: 'online.account-not-found',
      message: 'The online account to link does not exist.',
      remedy: 'Refresh the list and choose again.',
    });
  }
  const isLinked = person.online !== undefined && found.immutableId === anchor;
  const blockedByUs = await freeFromFormer(id, person, call);
  const account =
    found.immutableId === anchor ? found : await accountsOf(call).change(id, { immutableId: anchor }, call.options);
  await call.tools.people.saveOnline(account);
  await call.tools.people.link([{ userId: person.user.id, onlineAccountId: id, anchor }], call.context.actor);
  if (blockedByUs) {
    await call.tools.people.markBlocked(person.user.id);
    await call.tools.people.markRevoked(person.user.id);
  }
  if (isLinked) return 'unchanged';
  return {
    side: 'isthmus',
    event: 'link.created',
    sentence: `Linked ${nameOf(person)} to ${account.upn}`,
    onlineAccountId: id,
  };
}

const HELD: Readonly<Record<HoldReason, string>> = {
  locked: 'Locked the online account of',
  blocked: 'Keeps the online sign-in blocked of',
  unassigned: 'Unassigned the online account of',
  'off-boarded': 'Closed the online account of',
};

/** Before the block itself, so that no pass lifts it in between. */
export async function holdLink(
  action: ActionOf<'link.hold'>,
  person: Person,
  { tools }: ActionCall,
): Promise<ActionOutcome> {
  const { link } = person;
  if (link === undefined) return 'unchanged';
  const remembered = link.hold?.skuIds ?? [];
  const isRemembered = action.skuIds.every((skuId) => remembered.includes(skuId));
  if (link.hold?.reason === action.hold && isRemembered) return 'unchanged';
  const skuIds = [...new Set([...remembered, ...action.skuIds])];
  await tools.people.hold(person.user.id, action.hold, skuIds);
  return { side: 'isthmus', event: 'link.held', sentence: `${HELD[action.hold]} ${nameOf(person)}` };
}

export async function releaseLink(person: Person, { tools }: ActionCall): Promise<ActionOutcome> {
  if (person.link?.hold === undefined) return 'unchanged';
  await tools.people.release(person.user.id);
  return {
    side: 'isthmus',
    event: 'link.released',
    sentence: `The online sign-in of ${nameOf(person)} follows the directory again`,
  };
}

/** The anchor goes too: with it, the next look at both sides would link them again. */
export async function removeLink(person: Person, call: ActionCall): Promise<ActionOutcome> {
  if (person.online === undefined) return 'unchanged';
  const { id, upn } = person.online;
  const found = await accountsOf(call).find(id, call.options);
  if (found?.immutableId !== undefined) {
    await call.tools.people.saveOnline(await accountsOf(call).change(id, { immutableId: null }, call.options));
  }
  await call.tools.people.unlink(person.user.id);
  return {
    side: 'isthmus',
    event: 'link.removed',
    sentence: `Unlinked ${nameOf(person)} from ${upn}; both accounts stay`,
    onlineAccountId: id,
  };
}
