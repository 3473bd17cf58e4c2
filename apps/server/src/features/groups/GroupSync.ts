import { randomUUID } from 'node:crypto';
import type { Notice } from '@isthmus/contracts';
import type { DirectoryGroup } from '@isthmus/directory';
import { DomainError, parseOnlineAccountId } from '@isthmus/kernel';
import type { Selectable } from 'kysely';
import type { Platform, Service } from '../../composition/Platform.ts';
import { ISTHMUS_ITSELF } from '../../http/Actor.ts';
import type { MirrorListener } from '../../mirrors/index.ts';
import type { GroupLinkTable } from '../../storage/schema.ts';
import { noticeOf } from '../jobs/index.ts';
import { nestedGroups } from './nestedGroups.ts';
import { type GroupMembersPlan, planGroupMembers } from './planGroupMembers.ts';
import { type GroupPerson, readGroupPeople, readLinkedAccountIds } from './readGroupPeople.ts';

type GroupLinkRow = Selectable<GroupLinkTable>;

const OPTIONS = { lane: 'background' } as const;
/** Many changes come together; one round answers them all. */
const SETTLE_MS = 500;
/** Members changed in the tenant are found by looking now and then. */
const INTERVAL_MS = 10 * 60_000;
const HELD = 'groups.held';
const FAILED = 'groups.not-in-step';

/** Keeps the members of linked online groups as those of their directory groups. Doing it twice does no harm. */
export class GroupSync implements Service {
  readonly #platform: Platform;
  #work: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;
  #isWanted = false;
  #isRunning = false;

  constructor(platform: Platform, mirrors: { onChange(listener: MirrorListener): void }) {
    this.#platform = platform;
    mirrors.onChange(() => this.lookAgain());
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#plan(SETTLE_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#work;
  }

  /** Soon, once for many calls; what is heard during a round begins one more. */
  lookAgain(): void {
    if (this.#stopped || this.#isWanted) return;
    this.#isWanted = true;
    if (!this.#isRunning) this.#plan(SETTLE_MS);
  }

  /** Looks now. Returns when every linked group was looked at. */
  run(): Promise<void> {
    this.#work = this.#work.then(() => this.#round());
    return this.#work;
  }

  /** What looking at this link now would do. @throws DomainError when one of both groups cannot be read */
  async preview(groupId: string, onlineGroupId: string | undefined): Promise<GroupMembersPlan & Gathered> {
    const directory = this.#platform.connections.getDirectory();
    const [groups, linked] = await Promise.all([directory.listGroups(), readLinkedAccountIds(this.#platform.database)]);
    return this.#gather({ groupId, onlineGroupId, approved: new Set() }, groups, linked);
  }

  #plan(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tick(), waitMs);
  }

  async #tick(): Promise<void> {
    this.#isRunning = true;
    this.#isWanted = false;
    await this.run();
    this.#isRunning = false;
    if (!this.#stopped) this.#plan(this.#nextWait());
  }

  #nextWait(): number {
    return this.#isWanted ? SETTLE_MS : INTERVAL_MS;
  }

  async #round(): Promise<void> {
    const { database, connections, logger } = this.#platform;
    try {
      const links = await database.selectFrom('group_link').selectAll().execute();
      const directory = connections.findDirectory();
      if (links.length === 0 || directory === undefined || connections.findMicrosoft365() === undefined) return;
      const [groups, linked] = await Promise.all([directory.listGroups(), readLinkedAccountIds(database)]);
      for (const link of links) {
        if (this.#stopped) return;
        await this.#bringIntoStep(link, groups, linked);
      }
    } catch (error) {
      // Whichever side does not answer has an alert of its own; the next round looks again.
      logger.warn({ error: String(error) }, 'linked groups could not be looked at');
    }
  }

  async #bringIntoStep(
    link: GroupLinkRow,
    groups: readonly DirectoryGroup[],
    linked: ReadonlySet<string>,
  ): Promise<void> {
    const { alerts } = this.#platform;
    const request = {
      groupId: link.group_id,
      onlineGroupId: link.online_group_id,
      approved: new Set(link.approved_ids),
    };
    try {
      const found = await this.#gather(request, groups, linked);
      await this.#perform(link, found);
      await this.#save(link, { held: found.held, found, problem: null });
      await alerts.resolve(FAILED, link.group_id);
      if (found.held.length === 0) await alerts.resolve(HELD, link.group_id);
      else await this.#tellHeld(link, found.held.length);
    } catch (error) {
      const problem = noticeOf(error);
      await this.#save(link, { held: link.held_ids, found: undefined, problem });
      await alerts.raise({
        code: FAILED,
        severity: 'warning',
        title: `The online group ${link.online_name} is not in step`,
        detail: problem.message,
        remedy: problem.remedy ?? 'It is tried again by itself.',
        subjectUserId: link.group_id,
        subject: link.online_name,
      });
    }
  }

  async #gather(
    request: { groupId: string; onlineGroupId: string | undefined; approved: ReadonlySet<string> },
    groups: readonly DirectoryGroup[],
    linked: ReadonlySet<string>,
  ): Promise<GroupMembersPlan & Gathered> {
    const group = groups.find(({ id }) => id === request.groupId);
    if (group === undefined) {
      throw new DomainError({
        code: 'groups.directory-group-gone',
        message: 'The group is not in the directory any more.',
        remedy: 'Unlink the online group, which stays as it is.',
      });
    }
    const people = await readGroupPeople(this.#platform.database, [...nestedGroups(group, groups).keys()]);
    const wanted = new Set(people.map((person) => person.onlineAccountId).filter((id) => id !== null));
    const online = this.#platform.connections.getMicrosoft365().groups;
    const members = request.onlineGroupId === undefined ? [] : await online.listMembers(request.onlineGroupId, OPTIONS);
    const plan = planGroupMembers({
      wanted,
      current: new Set<string>(members),
      linked,
      approved: request.approved,
    });
    return { ...plan, people, memberCount: wanted.size, withoutAccount: people.length - wanted.size };
  }

  async #perform(link: GroupLinkRow, plan: GroupMembersPlan & Gathered): Promise<void> {
    if (plan.add.length + plan.remove.length === 0) return;
    const { connections, timeline, audit, events } = this.#platform;
    const change = { add: plan.add.map(parseOnlineAccountId), remove: plan.remove.map(parseOnlineAccountId) };
    await connections.getMicrosoft365().groups.changeMembers(link.online_group_id, change, OPTIONS);
    const requestId = randomUUID();
    const holders = await this.#holdersOf([...plan.add, ...plan.remove]);
    const entry = (id: string, isAdded: boolean) => ({
      userId: holders.get(id)?.userId ?? null,
      onlineAccountId: id,
      side: 'online' as const,
      event: isAdded ? 'online.group-joined' : 'online.group-left',
      sentence: `${isAdded ? 'Added' : 'Removed'} ${holders.get(id)?.name ?? id} ${isAdded ? 'to' : 'from'} the online group ${link.online_name}`,
      actor: ISTHMUS_ITSELF,
      reason: 'linked-group',
      requestId,
    });
    await timeline.record([...plan.add.map((id) => entry(id, true)), ...plan.remove.map((id) => entry(id, false))]);
    await audit.record({
      actor: ISTHMUS_ITSELF,
      action: 'group.synchronize',
      sentence: `Brought the online group ${link.online_name} into step: ${plan.add.length} added, ${plan.remove.length} removed`,
      subject: link.online_name,
      result: 'done',
      requestId,
    });
    events.publish({ topic: 'sync' });
  }

  async #holdersOf(accountIds: readonly string[]) {
    const rows = await this.#platform.database
      .selectFrom('link')
      .innerJoin('directory_user', 'directory_user.id', 'link.user_id')
      .select(['link.online_account_id', 'link.user_id', 'display_name', 'user_name'])
      .where('link.online_account_id', 'in', accountIds.length === 0 ? [randomUUID()] : [...accountIds])
      .execute();
    return new Map(
      rows.map((row) => [row.online_account_id, { userId: row.user_id, name: row.display_name || row.user_name }]),
    );
  }

  async #save(
    link: GroupLinkRow,
    state: { readonly held: readonly string[]; readonly found: Gathered | undefined; readonly problem: Notice | null },
  ): Promise<void> {
    const { database, clock, events } = this.#platform;
    const { found, held, problem } = state;
    await database
      .updateTable('group_link')
      .set({
        held_ids: [...held],
        // An approval is for what was shown, once.
        ...(found === undefined ? {} : { approved_ids: [], checked_at: clock.now() }),
        ...(found === undefined ? {} : { member_count: found.memberCount, without_account: found.withoutAccount }),
        problem: problem === null ? null : JSON.stringify(problem),
      })
      .where('group_id', '=', link.group_id)
      .execute();
    const before = JSON.stringify([link.held_ids, link.member_count, link.without_account, link.problem?.code]);
    const after = JSON.stringify([held, found?.memberCount, found?.withoutAccount, problem?.code]);
    if (before !== after) events.publish({ topic: 'sync' });
  }

  #tellHeld(link: GroupLinkRow, count: number): Promise<void> {
    return this.#platform.alerts.raise({
      code: HELD,
      severity: 'warning',
      title: `${count} people would be removed from the online group ${link.online_name} at once`,
      detail:
        'They are not members of the directory group any more. The guard holds this, so that a mistake in the directory does no harm online.',
      remedy: 'Look at the group under Users, Groups: approve it, or correct the group in the directory.',
      subjectUserId: link.group_id,
      subject: link.online_name,
    });
  }
}

export interface Gathered {
  readonly people: readonly GroupPerson[];
  readonly memberCount: number;
  readonly withoutAccount: number;
}
