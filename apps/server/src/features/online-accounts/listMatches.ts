import type { Match, MatchEvidence, onlineAccountMatchOperations } from '@isthmus/contracts';
import type { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import { readFreshness } from '../../mirrors/index.ts';
import { proposeMatches, type UnlinkedAccount, type UnlinkedUser } from './proposeMatches.ts';

type MatchList = z.input<NonNullable<typeof onlineAccountMatchOperations.listMatches.response>>;

export interface MatchQuery {
  readonly q?: string | undefined;
  readonly filter?: MatchEvidence | undefined;
  readonly offset: number;
  readonly limit: number;
}

async function readUsers({ database }: Platform): Promise<UnlinkedUser[]> {
  const rows = await database
    .selectFrom('directory_user')
    .leftJoin('link', 'link.user_id', 'directory_user.id')
    .select(['id', 'user_name', 'display_name', 'given_name', 'surname', 'upn', 'mail', 'directory_user.anchor'])
    .where('link.user_id', 'is', null)
    .where('removed_at', 'is', null)
    .where('built_in', '=', false)
    // Who administers the directory is linked by hand and on purpose only.
    .where('protected_administrator', '=', false)
    .orderBy('display_name')
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

async function readAccounts({ database }: Platform): Promise<UnlinkedAccount[]> {
  const rows = await database
    .selectFrom('online_account')
    .leftJoin('link', 'link.online_account_id', 'online_account.id')
    .select(['online_account.id', 'display_name', 'given_name', 'surname', 'upn', 'mail'])
    .select(['proxy_addresses', 'immutable_id'])
    .where('link.user_id', 'is', null)
    .where('deleted_at', 'is', null)
    .where('synchronized_by_others', '=', false)
    .orderBy('upn')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    displayName: row.display_name,
    givenName: row.given_name,
    surname: row.surname,
    upn: row.upn,
    mail: row.mail,
    proxyAddresses: row.proxy_addresses,
    immutableId: row.immutable_id,
  }));
}

function includes(match: Match, words: readonly string[]): boolean {
  const ofAccounts = match.accounts.flatMap((account) => [account.address, account.displayName]);
  const text = [match.displayName, match.userName, ...ofAccounts].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** People without a link and the online accounts that seem to be theirs, the surest first. */
export async function listMatches(platform: Platform, query: MatchQuery): Promise<MatchList> {
  const [users, accounts, { online }] = await Promise.all([
    readUsers(platform),
    readAccounts(platform),
    readFreshness(platform),
  ]);
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = proposeMatches(users, accounts).filter(
    (match) => (query.filter === undefined || match.evidence === query.filter) && includes(match, words),
  );
  return { items: found.slice(query.offset, query.offset + query.limit), total: found.length, online };
}
