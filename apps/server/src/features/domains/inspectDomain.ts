import type { Notice } from '@isthmus/contracts';
import {
  checkRecords,
  countSpfLookups,
  DnsClient,
  discoverDomainConnect,
  findZoneServers,
  isSpf,
  lookUpExpiry,
  type RecordCheck,
  type WantedRecord,
} from '@isthmus/dns';
import { isDomainError } from '@isthmus/kernel';
import type { OnlineDomain, OnlineDomains } from '@isthmus/microsoft365';
import type { Updateable } from 'kysely';
import type { WatchedDomainTable } from '../../storage/schema.ts';
import { noticeOf } from '../jobs/index.ts';
import type { DnsAccess, DomainParts } from './DomainParts.ts';
import type { CheckedRecord } from './keptRecords.ts';
import { nextCheckAt } from './nextCheckAt.ts';
import { asWritten, isThere } from './presentDomain.ts';
import { tellAbout } from './tellAbout.ts';
import { wantedRecords } from './wantedRecords.ts';
import { demandWatched, updateWatched, type WatchedDomain } from './watchedDomains.ts';

/** Services that a domain is linked for. */
const SERVICES = ['Email', 'OfficeCommunicationsOnline'];
const options = { lane: 'background' as const };
/** The registry and the provider are asked so seldom, as they change so seldom. */
const FACTS_EVERY_MS = 24 * 60 * 60_000;

interface Looked {
  readonly checks: readonly CheckedRecord[];
  readonly nameServers: readonly string[];
}

/** Asks DNS for the records, and what a sender policy costs. */
async function look(dns: DnsAccess, row: WatchedDomain, wanted: readonly WantedRecord[]): Promise<Looked> {
  const { resolver, portOfServers } = dns;
  const zone = await findZoneServers(row.name, { resolver, portOfServers });
  const servers = zone.kind === 'found' ? zone.servers : [];
  const checks = await checkRecords(wanted, {
    domain: row.name,
    zone: servers.map(({ server }) => new DnsClient({ server })),
    resolver,
    directory: dns.findDirectoryServer(),
  });
  return {
    checks: await Promise.all(checks.map((check) => withLookups(check, dns, row.has_moved))),
    nameServers: servers.map(({ name }) => name),
  };
}

async function withLookups(check: RecordCheck, { resolver }: DnsAccess, hasMoved: boolean): Promise<CheckedRecord> {
  if (check.wanted.purpose !== 'sender-policy' || check.verdict === 'unknown') return check;
  const policy = asWritten(check, hasMoved);
  const readPolicy = async (domain: string): Promise<string | undefined> => {
    const answer = await resolver.ask(domain, 'TXT');
    const texts = answer.kind === 'answered' ? answer.records : [];
    return texts.flatMap((record) => (record.type === 'TXT' ? [record.text] : [])).find(isSpf);
  };
  return { ...check, lookups: await countSpfLookups(policy.type === 'TXT' ? policy.text : '', readPolicy) };
}

interface Answer {
  /** Undefined: nothing new was learned about it. */
  readonly online?: OnlineDomain;
  readonly looked: Looked;
  readonly problem: Notice | null;
}

const GONE: Notice = {
  code: 'domains.gone',
  message: 'Microsoft 365 does not have this domain any more.',
  remedy: 'Link it again, or take it off the list here.',
};

/** Until it is verified: is the proof there, and does Microsoft 365 see it? */
async function prove(
  parts: DomainParts,
  domains: OnlineDomains,
  row: WatchedDomain,
  isAsked: boolean,
): Promise<Answer> {
  const ownership = await domains.ownershipRecords(row.name, options);
  const unproved = { name: row.name, isVerified: false, options: row.options };
  const looked = await look(parts.dns, row, wantedRecords(unproved, { ownership, services: [], dkim: undefined }));
  // Microsoft remembers for a while that a record was not there; so it is asked only when it may find it.
  const mayBeThere = looked.checks.some((check) => isThere(check) || check.verdict === 'unknown');
  if (!mayBeThere && !isAsked) return { looked, problem: null };
  try {
    return { online: await domains.verify(row.name, options), looked, problem: null };
  } catch (error) {
    if (isDomainError(error, 'online.domain-not-proved')) return { looked, problem: null };
    throw error;
  }
}

async function readVerified(
  parts: DomainParts,
  domains: OnlineDomains,
  row: WatchedDomain,
  online: OnlineDomain,
): Promise<Looked> {
  // Only a domain that became ours here: which services another one has is its administrator's choice.
  if (row.verified_at === null && row.is_root) await domains.addServices(row.name, SERVICES, options);
  const [services, dkim] = await Promise.all([
    domains.serviceRecords(row.name, options),
    row.options.dkim ? domains.dkimTargets(row.name, options) : undefined,
  ]);
  const verified = { name: online.name, isVerified: true, options: row.options };
  return look(parts.dns, row, wantedRecords(verified, { ownership: undefined, services, dkim }));
}

async function ask(parts: DomainParts, domains: OnlineDomains, row: WatchedDomain, isAsked: boolean): Promise<Answer> {
  const online = await domains.find(row.name, options);
  if (online === undefined) return { looked: await lookAgain(parts, row), problem: GONE };
  const answer = online.isVerified ? undefined : await prove(parts, domains, row, isAsked);
  const verified = answer?.online ?? online;
  if (answer !== undefined && !verified.isVerified) return answer;
  return { online: verified, looked: await readVerified(parts, domains, row, verified), problem: null };
}

/** Without the tenant: the records that were wanted last. */
function lookAgain({ dns }: DomainParts, row: WatchedDomain): Promise<Looked> {
  return look(
    dns,
    row,
    row.checks.map(({ wanted }) => wanted),
  );
}

/** Who holds the zone, and until when the name is registered. */
async function readFacts({ dns, platform }: DomainParts, row: WatchedDomain): Promise<Updateable<WatchedDomainTable>> {
  const age = platform.clock.now().getTime() - (row.checked_at?.getTime() ?? 0);
  if (row.checked_at !== null && age < FACTS_EVERY_MS) return {};
  const [provider, expiresAt] = await Promise.all([
    discoverDomainConnect(row.registrable, dns.resolver, dns.fetch),
    lookUpExpiry(row.registrable, dns.fetch),
  ]);
  const shown = provider && { name: provider.providerName, url: provider.controlPanelUrl ?? null };
  return {
    ...(shown === undefined ? {} : { provider: JSON.stringify(shown) }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
  };
}

/**
 * Looks at a domain once: asks DNS for its records, lets Microsoft 365 verify it, keeps what was found, and tells when
 * somebody has to know. May be repeated and cut off at any place.
 * @param isAsked a person waits: Microsoft 365 is asked even when the proof does not seem to be there
 */
export async function inspectDomain(parts: DomainParts, name: string, isAsked: boolean): Promise<WatchedDomain> {
  const { platform } = parts;
  const row = await demandWatched(platform.database, name);
  const { domains } = platform.connections.getMicrosoft365();
  const answer: Answer = await ask(parts, domains, row, isAsked).catch(async (error: unknown) => ({
    looked: await lookAgain(parts, row),
    problem: noticeOf(error),
  }));
  const { looked, online, problem } = answer;
  const now = platform.clock.now();
  const verifiedAt = row.verified_at ?? (online?.isVerified === true ? now : null);
  const isComplete = verifiedAt !== null && looked.checks.every((check) => check.wanted.isOptional || isThere(check));
  const updated = await updateWatched(platform.database, name, {
    checks: JSON.stringify(looked.checks),
    name_servers: [...looked.nameServers],
    verified_at: verifiedAt,
    complete_at: isComplete ? (row.complete_at ?? now) : null,
    ...(online === undefined ? {} : { is_root: online.isRoot }),
    ...(await readFacts(parts, row)),
    problem: problem === null ? null : JSON.stringify(problem),
    checked_at: now,
    next_check_at: nextCheckAt({ addedAt: row.added_at, verifiedAt, isComplete }, now),
  });
  if (updated === undefined) return row;
  await tellAbout(platform, row, updated);
  if (row.verified_at === null && verifiedAt !== null) await parts.refreshTenant();
  platform.events.publish({ topic: 'integration' });
  return updated;
}
