import type { Notice } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { OnlineAccount, OnlineAccounts } from '@isthmus/microsoft365';
import { nameOf, type Person, type PersonOrAccount } from '../Person.ts';
import {
  type ActionCall,
  type ActionOf,
  type ActionOutcome,
  demandOnline,
  demandPassword,
  fieldChanges,
} from './ActionTools.ts';
import { closeRemoval, findRemovedLicenses, takeSnapshot } from './takeSnapshot.ts';

export function accountsOf({ tools }: ActionCall): OnlineAccounts {
  return tools.connections.getMicrosoft365().accounts;
}

/**
 * The account as Microsoft 365 shows it now; `removed` when it lies in the recycle bin.
 * @throws DomainError when it is nowhere
 */
async function present(person: PersonOrAccount, call: ActionCall): Promise<OnlineAccount | 'removed'> {
  const { id, deletedAt } = demandOnline(person);
  const accounts = accountsOf(call);
  const found = await accounts.find(id, call.options);
  if (found !== undefined) return found;
  if (deletedAt !== undefined) return 'removed';
  const bin = await accounts.listDeleted(call.options);
  if (bin.some((account) => account.id === id)) {
    await call.tools.people.saveOnlineRemoved(id, 'deleted');
    return 'removed';
  }
  throw new DomainError({
    code: 'online.account-not-found',
    message: `Microsoft 365 does not show the online account of ${nameOf(person)}.`,
    remedy: 'It was removed for good, or it is so new that it does not show yet. Look again in a minute.',
  });
}

/** The same for actions that make no sense for a removed account. */
export async function demandPresent(person: PersonOrAccount, call: ActionCall): Promise<OnlineAccount> {
  const account = await present(person, call);
  if (account !== 'removed') return account;
  throw new DomainError({
    code: 'online.account-not-found',
    message: `The online account of ${nameOf(person)} is in the recycle bin.`,
    remedy: 'Restore it first.',
  });
}

function errorOf({ code, message, remedy }: Notice): DomainError {
  return new DomainError(remedy === undefined ? { code, message } : { code, message, remedy });
}

export async function change(
  action: ActionOf<'online.change'>,
  person: PersonOrAccount,
  call: ActionCall,
): Promise<ActionOutcome> {
  const before = await demandPresent(person, call);
  const changes = fieldChanges(before, action.changes);
  const after = changes.length === 0 ? before : await accountsOf(call).change(before.id, action.changes, call.options);
  await call.tools.people.saveOnline(after);
  if (changes.length === 0) return 'unchanged';
  if (action.changes.upn !== undefined && person.user !== undefined) {
    await call.tools.people.markAddressFollows(person.user.id);
  }
  return {
    side: 'online',
    event: 'online.changed',
    sentence: `Changed the online account of ${nameOf(person)}`,
    changes,
    onlineAccountId: after.id,
  };
}

export async function setSignInAllowed(
  allowed: boolean,
  person: PersonOrAccount,
  call: ActionCall,
): Promise<ActionOutcome> {
  const { people } = call.tools;
  const before = await present(person, call);
  if (before === 'removed') return 'unchanged';
  const { user } = person;
  if (!allowed && before.signInAllowed && user !== undefined) await people.markBlocked(user.id);
  const after =
    before.signInAllowed === allowed
      ? before
      : await accountsOf(call).setSignInAllowed(before.id, allowed, call.options);
  await people.saveOnline(after);
  if (allowed && user !== undefined) await people.markAllowed(user.id);
  if (before.signInAllowed === allowed) return 'unchanged';
  return {
    side: 'online',
    event: allowed ? 'online.sign-in-allowed' : 'online.sign-in-blocked',
    sentence: allowed
      ? `Allowed ${nameOf(person)} to sign in online`
      : `Blocked the online sign-in of ${nameOf(person)}`,
    changes: fieldChanges({ signInAllowed: !allowed }, { signInAllowed: allowed }),
    onlineAccountId: after.id,
  };
}

export async function revokeSessions(person: PersonOrAccount, call: ActionCall): Promise<ActionOutcome> {
  const before = await present(person, call);
  if (before === 'removed') return 'unchanged';
  await accountsOf(call).revokeSessions(before.id, call.options);
  if (person.user !== undefined) await call.tools.people.markRevoked(person.user.id);
  const after = await accountsOf(call).find(before.id, call.options);
  if (after !== undefined) await call.tools.people.saveOnline(after);
  return {
    side: 'online',
    event: 'online.sessions-revoked',
    sentence: `Ended the online sessions of ${nameOf(person)}`,
    onlineAccountId: before.id,
  };
}

/**
 * A password that was set in the directory a moment ago is already on its way here; sending it now tells the caller
 * how that ends. `mustChange` is not passed on: a change forced online would part the two passwords again.
 */
export async function setPassword(
  action: ActionOf<'online.set-password'>,
  person: Person,
  call: ActionCall,
): Promise<ActionOutcome> {
  const { tools } = call;
  const account = demandOnline(person);
  if ((await tools.passwords.deliverWaiting(person.user.id)) === 'delivered') return 'unchanged';
  const { password, user } = await tools.people.get(person.user.id);
  const settled = password !== undefined && password.changedAt?.getTime() === user.passwordSetAt?.getTime();
  if (settled && password.state === 'rejected' && password.reason !== undefined) throw errorOf(password.reason);
  if (settled && password.state === 'in-step') return 'unchanged';
  const secret = await demandPassword(tools, action.passwordRef);
  await accountsOf(call).setPassword(account.id, secret, { mustChange: false }, call.options);
  return {
    side: 'online',
    event: 'online.password-set',
    sentence: `Set the online password of ${nameOf(person)}`,
    onlineAccountId: account.id,
  };
}

export async function remove(person: Person, call: ActionCall): Promise<ActionOutcome> {
  const account = demandOnline(person);
  await takeSnapshot(person, call);
  const before = await present(person, call);
  if (before === 'removed') return 'unchanged';
  await accountsOf(call).remove(account.id, call.options);
  await call.tools.people.saveOnlineRemoved(account.id, 'deleted');
  call.tools.licensesChanged();
  return {
    side: 'online',
    event: 'online.removed',
    sentence: `Removed the online account ${account.upn}; it can be restored for 30 days`,
    onlineAccountId: account.id,
  };
}

/** Of an account without a user, the mirror's last state tells the licenses. */
export async function restore(person: PersonOrAccount, call: ActionCall): Promise<ActionOutcome> {
  const { tools } = call;
  const { id, skuIds, inheritedSkuIds } = demandOnline(person);
  const accounts = accountsOf(call);
  const alive = await accounts.find(id, call.options);
  const account = alive ?? (await accounts.restore(id, call.options));
  await tools.people.saveOnline(account);
  const before =
    person.user === undefined
      ? skuIds.filter((skuId) => !inheritedSkuIds.includes(skuId))
      : await findRemovedLicenses(tools, person.user.id);
  const missing = before.filter((skuId) => !account.skuIds.includes(skuId));
  if (missing.length > 0) {
    await tools.people.saveOnline(await accounts.changeLicenses(id, { add: missing, remove: [] }, call.options));
    tools.licensesChanged();
  }
  if (person.user !== undefined) await closeRemoval(tools, person.user.id);
  if (alive !== undefined && missing.length === 0) return 'unchanged';
  return {
    side: 'online',
    event: 'online.restored',
    sentence: `Restored the online account ${account.upn} with its licenses`,
    onlineAccountId: id,
  };
}
