import { isDomainError } from '@isthmus/kernel';
import type { Microsoft365, RoleHolder } from '@isthmus/microsoft365';
import type { Kysely } from 'kysely';
import type { Platform } from '../composition/Platform.ts';
import { noticeOf } from '../features/jobs/index.ts';
import type { PersonLocks } from '../features/people/index.ts';
import type { NewTimelineEntry } from '../features/timeline/index.ts';
import type { Database } from '../storage/schema.ts';
import { type AppliedTenantChanges, applyTenantChanges } from './applyTenantChanges.ts';
import { describeOnlineChange } from './describeChanges.ts';
import { FeedRecord } from './FeedRecord.ts';
import { reportLinkConflicts } from './linkPeople.ts';
import type { MirrorListener } from './MirrorChange.ts';
import { PollLoop } from './PollLoop.ts';
import { refuseIncompleteReading } from './refuseIncompleteReading.ts';
import { SignInReading } from './SignInReading.ts';
import { saveTenantFacts } from './saveTenantFacts.ts';

const LONGEST_WAIT_MS = 60_000;

function describe({ userId, before, after }: AppliedTenantChanges['people'][number]): NewTimelineEntry | undefined {
  if (after !== undefined) return describeOnlineChange(userId, before, after);
  return {
    userId,
    onlineAccountId: before.id,
    side: 'online',
    event: 'online.purged',
    sentence: `${before.upn} is gone from Microsoft 365 for good`,
    actor: 'Another tool',
  };
}

/** An integration of before has no permission for it; everything else goes on without. */
async function readRoles({ tenant }: Microsoft365): Promise<readonly RoleHolder[] | undefined> {
  try {
    return await tenant.roleHolders({ lane: 'background' });
  } catch (error) {
    if (isDomainError(error) && error.code === 'online.not-permitted') return undefined;
    throw error;
  }
}

/** Keeps our copy of the tenant fresh: its change feed, and now and then licenses and domains. */
export class TenantMirror {
  readonly #platform: Platform;
  readonly #locks: PersonLocks;
  readonly #onChange: MirrorListener;
  readonly #feed: FeedRecord;
  readonly #loop: PollLoop;
  readonly #factsMs: number;
  readonly #signIns: SignInReading;
  #cursor: string | undefined;
  #tenantId: string | undefined;
  #factsReadAt: number | undefined;
  #unchangedAt: Date | undefined;
  /** Wanted from the next step on; the one under way must not take the wish for fulfilled. */
  #full = false;
  #facts = false;

  constructor(
    platform: Platform,
    parts: {
      readonly locks: PersonLocks;
      readonly pollMs: number;
      readonly factsMs: number;
      readonly onChange: MirrorListener;
    },
  ) {
    this.#platform = platform;
    this.#locks = parts.locks;
    this.#onChange = parts.onChange;
    this.#factsMs = parts.factsMs;
    this.#signIns = new SignInReading(platform);
    this.#feed = new FeedRecord('tenant', platform.database, platform.clock);
    this.#loop = new PollLoop({
      step: () => this.#step(),
      intervalMs: parts.pollMs,
      longestMs: Math.max(LONGEST_WAIT_MS, parts.pollMs),
      logger: platform.logger,
    });
  }

  async start(): Promise<void> {
    const { position, source } = await this.#feed.load();
    this.#cursor = position;
    this.#tenantId = source;
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#signIns.stop();
  }

  /** Reads at once; `full` reads everything. Returns when that is done or has failed. */
  refresh(choice: { readonly full: boolean; readonly facts?: boolean }): Promise<void> {
    this.#full ||= choice.full;
    this.#facts ||= choice.full || choice.facts === true;
    return this.#loop.run();
  }

  /** After the tenant was taken away: nothing of it is written any more, and the next one is read from the beginning. */
  async forget(): Promise<void> {
    await this.#loop.run();
    await this.#signIns.stop();
    await this.#feed.forget();
    this.#cursor = undefined;
    this.#tenantId = undefined;
    this.#factsReadAt = undefined;
    this.#unchangedAt = undefined;
  }

  async #step(): Promise<void> {
    const microsoft365 = this.#platform.connections.findMicrosoft365();
    if (microsoft365 === undefined) return;
    const wish = { full: this.#full, facts: this.#facts };
    this.#full = false;
    this.#facts = false;
    try {
      await this.#readFacts(microsoft365, wish.facts);
      await this.#readAccounts(microsoft365, wish.full);
      this.#signIns.readWhenDue(microsoft365);
    } catch (error) {
      this.#full ||= wish.full;
      this.#facts ||= wish.facts;
      if (await this.#feed.failed(noticeOf(error))) this.#platform.events.publish({ topic: 'sync' });
      throw error;
    }
  }

  /** Licenses and domains; and whether this is still the tenant we know. */
  async #readFacts(microsoft365: Microsoft365, isWanted: boolean): Promise<void> {
    const now = this.#platform.clock.now();
    const isFresh = this.#factsReadAt !== undefined && now.getTime() - this.#factsReadAt < this.#factsMs;
    if (isFresh && !isWanted) return;
    const options = { lane: 'background' as const };
    const [facts, licenses, roles] = await Promise.all([
      microsoft365.tenant.facts(options),
      microsoft365.tenant.licenses(options),
      readRoles(microsoft365),
    ]);
    const changed = await saveTenantFacts(this.#platform.database, { domains: facts.domains, licenses, roles, now });
    if (facts.tenantId !== this.#tenantId) this.#cursor = undefined;
    this.#tenantId = facts.tenantId;
    this.#factsReadAt = now.getTime();
    if (changed) this.#platform.events.publish({ topic: 'integration' });
  }

  async #readAccounts(microsoft365: Microsoft365, isFull: boolean): Promise<void> {
    const { database, clock, events } = this.#platform;
    const readAt = clock.now();
    const options = { lane: 'background' as const };
    const page = await microsoft365.accounts.readChanges(isFull ? undefined : this.#cursor, options);
    const inBin = page.incremental ? [] : await microsoft365.accounts.listDeleted(options);
    if (!page.incremental) await refuseIncompleteReading(database, microsoft365, [...page.changed, ...inBin]);
    const hadProblem = this.#feed.hasProblem;
    const isIdle = page.incremental && page.changed.length === 0 && page.removed.length === 0;
    const savePosition = (transaction: Kysely<Database>): Promise<void> =>
      this.#feed.savePosition(transaction, page.cursor, this.#tenantId ?? '');
    if (isIdle) {
      await savePosition(database);
    } else {
      const applied = await applyTenantChanges(database, page, { readAt, inBin }, savePosition);
      this.#cursor = page.cursor;
      await this.#afterwards(applied, this.#unchangedAt ?? readAt);
    }
    this.#cursor = page.cursor;
    this.#unchangedAt = readAt;
    if (hadProblem || !isIdle) events.publish({ topic: 'sync' });
    if (!page.incremental) events.publish({ topic: 'integration' });
  }

  async #afterwards(applied: AppliedTenantChanges, causedAt: Date): Promise<void> {
    const userIds = [...new Set([...applied.people.map((person) => person.userId), ...applied.linked])];
    try {
      // Our own writes are in the mirror before we see them here, so what is seen was done by others.
      const entries = applied.people
        .filter((person) => !this.#locks.isHeld(person.userId))
        .map(describe)
        .filter((entry) => entry !== undefined);
      await this.#platform.timeline.record(entries);
      await reportLinkConflicts(this.#platform.database, this.#platform.alerts);
    } finally {
      // The change is in the mirror: whatever went wrong around it, people have to be looked at.
      if (userIds.length > 0) this.#onChange({ side: 'online', userIds, causedAt });
    }
  }
}
