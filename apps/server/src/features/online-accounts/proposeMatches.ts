import type { Match, MatchEvidence } from '@isthmus/contracts';
import { transliterate } from './onlineAddress.ts';

/** A person without a link. */
export interface UnlinkedUser {
  readonly userId: string;
  readonly userName: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly upn: string | null;
  readonly mail: string | null;
  readonly anchor: string;
}

/** A living account of the tenant without a link. */
export interface UnlinkedAccount {
  readonly id: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly upn: string;
  readonly mail: string | null;
  readonly proxyAddresses: readonly string[];
  readonly immutableId: string | null;
}

interface Rule {
  readonly evidence: MatchEvidence;
  readonly confidence: Match['confidence'];
  readonly reason: string;
  readonly ofUser: (user: UnlinkedUser) => readonly string[];
  readonly ofAccount: (account: UnlinkedAccount) => readonly string[];
}

interface Bucket {
  readonly users: UnlinkedUser[];
  readonly accounts: UnlinkedAccount[];
}

/** Namesakes shown to choose from; a longer list helps nobody. */
const SHOWN = 5;
/** One word is not a name: many people are called Anna. */
const LEAST_WORDS = 2;

/** Words of a name in any order, without case, accents and punctuation: "Müller, Anna" is Anna Muller. */
function nameKeys(givenName: string | null, surname: string | null, displayName: string): string[] {
  const names = [`${givenName ?? ''} ${surname ?? ''}`, displayName].map((name) =>
    transliterate(name)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean)
      .sort(),
  );
  return [...new Set(names.filter((words) => words.length >= LEAST_WORDS).map((words) => words.join(' ')))];
}

function lowered(addresses: readonly (string | null)[]): string[] {
  return [...new Set(addresses.flatMap((address) => address?.toLowerCase() ?? []).filter(Boolean))];
}

function proxiesOf(account: UnlinkedAccount): string[] {
  return account.proxyAddresses.filter((one) => /^smtp:/i.test(one)).map((one) => one.slice('smtp:'.length));
}

const RULES: readonly Rule[] = [
  {
    evidence: 'immutable-id',
    confidence: 'certain',
    reason: 'The online account bears the mark of this user account.',
    ofUser: (user) => [user.anchor],
    ofAccount: (account) => (account.immutableId === null ? [] : [account.immutableId]),
  },
  {
    evidence: 'sign-in-name',
    confidence: 'certain',
    reason: 'Both sign in with the same name.',
    ofUser: (user) => lowered([user.upn]),
    ofAccount: (account) => lowered([account.upn]),
  },
  {
    evidence: 'mail',
    confidence: 'likely',
    reason: 'They share an e-mail address.',
    ofUser: (user) => lowered([user.mail, user.upn]),
    ofAccount: (account) => lowered([account.upn, account.mail, ...proxiesOf(account)]),
  },
  {
    evidence: 'name',
    confidence: 'possible',
    reason: 'They have the same name.',
    ofUser: (user) => nameKeys(user.givenName, user.surname, user.displayName),
    ofAccount: (account) => nameKeys(account.givenName, account.surname, account.displayName),
  },
];

function intoBuckets(
  rule: Rule,
  users: Iterable<UnlinkedUser>,
  accounts: Iterable<UnlinkedAccount>,
): Map<string, Bucket> {
  const buckets = new Map<string, Bucket>();
  for (const user of users) {
    for (const key of rule.ofUser(user)) {
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, { users: [user], accounts: [] });
      else bucket.users.push(user);
    }
  }
  for (const account of accounts) {
    for (const key of rule.ofAccount(account)) buckets.get(key)?.accounts.push(account);
  }
  return buckets;
}

/** The first few different ones: whether there is more than one is all that is asked of the rest. */
function few<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const found = new Set<Item>();
  for (const list of lists) {
    for (const item of list) {
      found.add(item);
      if (found.size >= SHOWN) return [...found];
    }
  }
  return [...found];
}

function describe(user: UnlinkedUser, accounts: readonly UnlinkedAccount[], rule: Rule, ambiguous: boolean): Match {
  const { evidence, confidence, reason } = rule;
  return {
    userId: user.userId,
    userName: user.userName,
    displayName: user.displayName || user.userName,
    evidence,
    confidence: ambiguous ? 'possible' : confidence,
    ambiguous,
    reason: ambiguous ? `${reason} More than one fits.` : reason,
    accounts: accounts.map(({ id, upn, displayName }) => ({ id, address: upn, displayName })),
  };
}

/** What one rule finds, by person. */
function findBy(
  rule: Rule,
  users: Iterable<UnlinkedUser>,
  buckets: ReadonlyMap<string, Bucket>,
): Map<UnlinkedUser, Match> {
  const bucketsOf = (keys: readonly string[]): Bucket[] => keys.flatMap((key) => buckets.get(key) ?? []);
  const matches = new Map<UnlinkedUser, Match>();
  for (const user of users) {
    const found = few(bucketsOf(rule.ofUser(user)).map((bucket) => bucket.accounts));
    const [only, second] = found;
    if (only === undefined) continue;
    const isShared = (): boolean => few(bucketsOf(rule.ofAccount(only)).map((bucket) => bucket.users)).length > 1;
    matches.set(user, describe(user, found, rule, second !== undefined || isShared()));
  }
  return matches;
}

/**
 * Pure: who may be whom. The strongest evidence decides; what is ambiguous by it is not settled by a weaker one, and no
 * account is in more than one proposal that is not ambiguous.
 */
export function proposeMatches(users: readonly UnlinkedUser[], accounts: readonly UnlinkedAccount[]): Match[] {
  const matches: Match[] = [];
  const openUsers = new Set(users);
  const openAccounts = new Set(accounts);
  for (const rule of RULES) {
    const buckets = intoBuckets(rule, openUsers, openAccounts);
    const found = findBy(rule, openUsers, buckets);
    matches.push(...found.values());
    for (const user of found.keys()) openUsers.delete(user);
    // All that fit, also those not shown.
    for (const bucket of buckets.values()) {
      for (const account of bucket.accounts) openAccounts.delete(account);
    }
  }
  return matches;
}
