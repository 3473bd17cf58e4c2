import type { Notice } from '@isthmus/contracts';
import type { MailboxChanges } from '@isthmus/microsoft365';
import { asked, askedApart, type PlannedAction } from '../../commands/index.ts';
import type { Person } from '../../people/index.ts';
import { livingAccount } from '../livingAccount.ts';
import type { Seats } from '../Seats.ts';

/** Pure: what an off-boarding or a hold took from the person online, given back or, without a seat, waited for. */
export function licensesBack(
  person: Person,
  seats: Seats,
): { readonly actions: readonly PlannedAction[]; readonly warnings: readonly Notice[] } {
  const online = livingAccount(person);
  if (online === undefined) return { actions: [], warnings: [] };
  const wanted = (person.link?.hold?.skuIds ?? []).filter((skuId) => !online.skuIds.includes(skuId));
  const possible = wanted.filter((skuId) => seats.problemOf(skuId) === undefined);
  const given = possible.filter((skuId) => seats.take(skuId));
  const waited = possible.filter((skuId) => !given.includes(skuId));
  return {
    actions: [
      ...(given.length === 0 ? [] : [asked({ type: 'online.assign-licenses', skuIds: given })]),
      ...(waited.length === 0 ? [] : [asked({ type: 'license.wait', skuIds: waited })]),
    ],
    warnings: wanted.map((skuId) => seats.problemOf(skuId)).filter((problem) => problem !== undefined),
  };
}

/** Pure: the person stays after all. First of all the removal is called off. */
export function endOffboarding(person: Person): PlannedAction[] {
  return person.offboarding === undefined ? [] : [asked({ type: 'offboarding.end' })];
}

/** Pure: the mailbox as it was, after the licenses: a regular one needs one. */
export function mailboxBack(person: Person): PlannedAction[] {
  const { kind, hidden, forwardTo } = person.offboarding?.mailbox ?? {};
  const changes: MailboxChanges = {
    ...(kind === undefined ? {} : { kind: 'regular' }),
    ...(hidden === undefined ? {} : { hidden: false }),
    ...(forwardTo == null ? {} : { forwardTo: null, keepsForwarded: false }),
  };
  if (Object.keys(changes).length === 0 || livingAccount(person) === undefined) return [];
  return [askedApart({ type: 'online.change-mailbox', changes })];
}

/** Pure: the groups that the off-boarding took. */
export function groupsBack({ user, offboarding }: Person): PlannedAction[] {
  const present = new Set(user.groupDns.map((dn) => dn.toLowerCase()));
  return (offboarding?.groupDns ?? [])
    .filter((groupDn) => !present.has(groupDn.toLowerCase()))
    .map((groupDn) => askedApart({ type: 'directory.add-to-group', groupDn }));
}
