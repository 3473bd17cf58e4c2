import type { Match, Notice } from '@isthmus/contracts';
import type { OnlineAccount } from '@isthmus/microsoft365';

/** An account of the tenant, with what decides whether it can get a user account. */
export interface ImportableAccount {
  readonly account: OnlineAccount;
  /** Holds a role of the tenant, as far as roles could be read. */
  readonly isAdministrator: boolean;
  /** The user account that it is linked to. */
  readonly holder: { readonly name: string; readonly removed: boolean } | undefined;
  /** The user account without a link that seems to be the same person. */
  readonly match: Pick<Match, 'userName' | 'evidence'> | undefined;
}

/** How Microsoft Entra ID names the accounts of guests. */
const GUEST = /#EXT#@/i;
/** How Entra Connect names the accounts that it signs in with. */
const SYNCHRONIZATION = /^(?:Sync|ADToAADSyncServiceAccount)_/i;
const ADMINISTRATOR = /(?:^|[._-])(?:admin|administrator)(?:[._-]|\d|$)/i;

function notice(code: string, message: string, remedy: string): Notice {
  return { code: `imports.${code}`, message, remedy };
}

function kindProblem({ upn, deletedAt, synchronizedByOthers }: OnlineAccount): Notice | undefined {
  if (deletedAt !== undefined) {
    return notice('account-removed', `${upn} is in the recycle bin.`, 'Restore it in Microsoft 365 first.');
  }
  if (GUEST.test(upn)) {
    return notice('guest', `${upn} is a guest: the person belongs to another organization.`, 'Leave it out.');
  }
  if (SYNCHRONIZATION.test(upn)) {
    return notice('service-account', `${upn} is an account of Entra Connect, not of a person.`, 'Leave it out.');
  }
  if (!synchronizedByOthers) return undefined;
  return notice(
    'managed-by-others',
    `Another tool (Entra Connect or Cloud Sync) keeps ${upn}.`,
    'End that synchronization for the account first.',
  );
}

/** Why an online account cannot get a user account. */
export function importProblem({ account, holder, match }: ImportableAccount): Notice | undefined {
  const { upn } = account;
  if (holder !== undefined && !holder.removed) {
    return notice('already-linked', `${upn} is linked to ${holder.name} already.`, 'There is nothing to do.');
  }
  const problem = kindProblem(account);
  if (problem !== undefined) return problem;
  if (match?.evidence === 'immutable-id' || match?.evidence === 'sign-in-name') {
    return notice(
      'belongs-to-user',
      `${upn} belongs to the user account ${match.userName}.`,
      'Link the two instead of making another user account.',
    );
  }
  if (account.signInAllowed) return undefined;
  return notice(
    'sign-in-blocked',
    `The sign-in of ${upn} is blocked: a shared mailbox, a room, or somebody who has left.`,
    'If it is a person’s, allow the sign-in in Microsoft 365 first.',
  );
}

/** What an administrator should look at before importing the account; with any of it, it is not ticked. */
export function importWarnings({ account, holder, isAdministrator, match }: ImportableAccount): Notice[] {
  const { upn } = account;
  const warnings: Notice[] = [];
  if (match !== undefined) {
    const shared = match.evidence === 'mail' ? 'e-mail address' : 'name';
    warnings.push(
      notice(
        'same-person',
        `The user account ${match.userName} has the same ${shared} and no online account.`,
        'If it is the same person, link the two instead.',
      ),
    );
  }
  if (holder?.removed === true) {
    warnings.push(
      notice(
        'user-was-removed',
        `${upn} belonged to ${holder.name}, whose user account was removed.`,
        'Restore that person instead if the 30 days are not over.',
      ),
    );
  }
  const byName = ADMINISTRATOR.test(upn.split('@', 1)[0] ?? '');
  if (isAdministrator || byName) {
    warnings.push(
      notice(
        'administrator',
        isAdministrator ? `${upn} administers the tenant.` : `By its name, ${upn} administers the tenant.`,
        'Keep such accounts online only, so that a fault here never locks you out there.',
      ),
    );
  }
  if (account.skuIds.length === 0) {
    warnings.push(
      notice('unlicensed', `${upn} has no license; it may not be a person’s.`, 'Tick it if it is a person’s.'),
    );
  }
  return warnings;
}
