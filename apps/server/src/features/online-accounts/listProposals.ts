import type { Proposal } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import { type Candidate, proposeAccounts, proposedDomain } from './proposeAccounts.ts';
import { readTenantFacts, type TenantFacts } from './readTenantFacts.ts';

export interface ProposalQuery {
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
  readonly domain?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

async function readCandidates(platform: Platform): Promise<Candidate[]> {
  const now = platform.clock.now();
  const rows = await platform.database
    .selectFrom('directory_user')
    .leftJoin('link', 'link.user_id', 'directory_user.id')
    .select(['id', 'user_name', 'display_name', 'given_name', 'surname', 'department'])
    .select(['directory_user.anchor', 'enabled', 'expires_at', 'protected_administrator'])
    .where('link.user_id', 'is', null)
    .where('removed_at', 'is', null)
    .where('built_in', '=', false)
    // The order decides who of two namesakes gets the plain address: whoever was here first keeps it on every call.
    .orderBy('account_created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    userId: row.id,
    userName: row.user_name,
    displayName: row.display_name,
    givenName: row.given_name,
    surname: row.surname,
    department: row.department,
    anchor: row.anchor,
    state: !row.enabled ? 'inactive' : row.expires_at !== null && row.expires_at <= now ? 'expired' : 'active',
    protectedAdministrator: row.protected_administrator,
  }));
}

function chooseDomain(facts: TenantFacts, wanted: string | undefined): string {
  const domain = wanted?.toLowerCase() ?? proposedDomain(facts.domains);
  if (domain === undefined) {
    throw new DomainError({
      code: 'integration.not-integrated',
      message: 'No domain of a tenant is known yet.',
      remedy: 'Integrate with Microsoft 365 first; the domains are read right after that.',
    });
  }
  if (!facts.verifiedDomains.has(domain)) {
    throw new DomainError({
      code: 'online.domain-not-verified',
      message: `${domain} is not a verified domain of the tenant.`,
      remedy: `Use one of: ${[...facts.verifiedDomains].join(', ')}.`,
      field: 'domain',
    });
  }
  return domain;
}

const compare = new Intl.Collator('en', { sensitivity: 'base', numeric: true }).compare;
const sortKeys: Readonly<Record<string, (proposal: Proposal) => string>> = {
  displayName: (proposal) => proposal.displayName,
  userName: (proposal) => proposal.userName,
  department: (proposal) => proposal.department,
  address: (proposal) => proposal.address,
};

function sorted(proposals: readonly Proposal[], sort: string | undefined): Proposal[] {
  const key = sortKeys[sort?.replace(/^-/, '') ?? 'displayName'] ?? ((proposal: Proposal) => proposal.displayName);
  const sign = sort?.startsWith('-') ? -1 : 1;
  return proposals.toSorted(
    (one, other) => sign * compare(key(one), key(other)) || compare(one.displayName, other.displayName),
  );
}

function matches(proposal: Proposal, words: readonly string[]): boolean {
  const text = [proposal.displayName, proposal.userName, proposal.department, proposal.address].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Everybody without an online account, with the address they would get. */
export async function listProposals(
  platform: Platform,
  query: ProposalQuery,
): Promise<{ items: Proposal[]; total: number }> {
  const [facts, candidates] = await Promise.all([readTenantFacts(platform), readCandidates(platform)]);
  const domain = chooseDomain(facts, query.domain);
  const words = (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = proposeAccounts(candidates, facts.book, domain).filter((proposal) => matches(proposal, words));
  return {
    items: sorted(found, query.sort).slice(query.offset, query.offset + query.limit),
    total: found.length,
  };
}
