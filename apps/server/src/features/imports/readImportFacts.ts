import type { Platform } from '../../composition/Platform.ts';
import { proposeMatches } from '../online-accounts/index.ts';
import { onlineFromRow } from '../people/index.ts';
import { findContainer } from '../users/index.ts';
import type { ImportableAccount } from './importProblems.ts';
import { NameBook } from './NameBook.ts';
import type { DirectoryFacts, Placement } from './planImportOnlineAccounts.ts';

async function readNames({ database }: Platform): Promise<NameBook> {
  const rows = await database
    .selectFrom('directory_user')
    .select(['id', 'user_name', 'display_name', 'upn'])
    .where('removed_at', 'is', null)
    .execute();
  return new NameBook(
    rows.map(({ id, user_name: userName, display_name: displayName, upn }) => ({
      userId: id,
      userName,
      name: displayName || userName,
      upn,
    })),
  );
}

export async function readDirectoryFacts(platform: Platform): Promise<DirectoryFacts> {
  const [info, names] = await Promise.all([platform.connections.getDirectory().info(), readNames(platform)]);
  return {
    names,
    domainName: info.domainName,
    upnSuffixes: info.upnSuffixes,
    minimumPasswordLength: info.passwordPolicy.minimumLength,
  };
}

/** @throws DomainError `directory.container-not-found` when the directory has no such unit */
export async function readPlacement(
  platform: Platform,
  { containerDn, groupDns }: { readonly containerDn?: string | undefined; readonly groupDns: readonly string[] },
): Promise<Placement> {
  return { containerDn: await findContainer(platform, containerDn), groupDns };
}

async function readUnlinkedUsers({ database }: Platform) {
  const rows = await database
    .selectFrom('directory_user')
    .leftJoin('link', 'link.user_id', 'directory_user.id')
    .select(['id', 'user_name', 'display_name', 'given_name', 'surname', 'upn', 'mail', 'directory_user.anchor'])
    .where('link.user_id', 'is', null)
    .where('removed_at', 'is', null)
    .where('built_in', '=', false)
    .orderBy('id')
    .execute();
  return rows.map(({ id, user_name: userName, display_name: displayName, given_name: givenName, ...row }) => ({
    ...row,
    userId: id,
    userName,
    displayName,
    givenName,
  }));
}

/** The user account that each unlinked online account seems to belong to. */
async function findMatches(platform: Platform, accounts: readonly Omit<ImportableAccount, 'match'>[]) {
  const open = accounts
    .filter(({ account, holder }) => holder === undefined && account.deletedAt === undefined)
    .map(({ account }) => ({
      id: String(account.id),
      displayName: account.displayName,
      givenName: account.givenName ?? null,
      surname: account.surname ?? null,
      upn: account.upn,
      mail: account.mail ?? null,
      proxyAddresses: account.proxyAddresses,
      immutableId: account.immutableId ?? null,
    }));
  const matches = proposeMatches(await readUnlinkedUsers(platform), open);
  return new Map(matches.flatMap((match) => match.accounts.map(({ id }) => [id, match] as const)));
}

/** Accounts of the tenant by id, in the order of their age: all of them, or those asked for. */
export async function readImportableAccounts(
  platform: Platform,
  ids?: readonly string[],
): Promise<ReadonlyMap<string, ImportableAccount>> {
  let query = platform.database
    .selectFrom('online_account')
    .leftJoin('link', 'link.online_account_id', 'online_account.id')
    .leftJoin('directory_user as holder', 'holder.id', 'link.user_id')
    .leftJoin('tenant_role', 'tenant_role.holder_id', 'online_account.id')
    .selectAll('online_account')
    .select(['holder.display_name as holder_name', 'holder.user_name as holder_user_name'])
    .select(['holder.id as holder_id', 'holder.removed_at as holder_removed_at'])
    .select('tenant_role.holder_id as role_holder_id')
    // Whoever was here first keeps the plain name on every call.
    .orderBy('account_created_at')
    .orderBy('online_account.id');
  if (ids !== undefined) query = query.where('online_account.id', 'in', ids);
  else query = query.where('deleted_at', 'is', null);
  const rows = await query.execute();
  const accounts = rows.map((row) => ({
    account: onlineFromRow(row),
    isAdministrator: row.role_holder_id !== null,
    holder:
      row.holder_id === null
        ? undefined
        : { name: row.holder_name || (row.holder_user_name ?? ''), removed: row.holder_removed_at !== null },
  }));
  const matches = await findMatches(platform, accounts);
  return new Map(accounts.map((entry) => [entry.account.id, { ...entry, match: matches.get(entry.account.id) }]));
}
