import type { FieldChange, Notice, OnlineGroupChoice } from '@isthmus/contracts';
import type { DirectoryGroup } from '@isthmus/directory';
import { DomainError } from '@isthmus/kernel';
import type { OnlineGroup } from '@isthmus/microsoft365';
import type { Platform } from '../../composition/Platform.ts';
import { answerWith, audited, type GroupAnswer, type GroupCall, refuseProtected } from './changeGroups.ts';
import type { GroupSync } from './GroupSync.ts';
import { demandGroup, findLink } from './readGroups.ts';

const OPTIONS = { lane: 'interactive' } as const;

const KINDS: Readonly<Record<Exclude<OnlineGroup['kind'], 'security'>, string>> = {
  'microsoft-365': 'is a Microsoft 365 group',
  'mail-security': 'has an address of its own, and its members are kept in Exchange',
  distribution: 'is a distribution list',
};

/** Pure: why the members of an online group cannot be kept by us. */
export function linkProblem(group: OnlineGroup, linkedIds: ReadonlySet<string>): Notice | undefined {
  const not = (why: string, remedy: string): Notice => ({
    code: 'groups.not-linkable',
    message: `${group.displayName} ${why}.`,
    remedy,
    field: 'onlineGroupId',
  });
  const other = 'Choose a security group, or let a new one be made.';
  if (linkedIds.has(group.id)) return not('is linked to another group already', 'Unlink it there first.');
  if (group.kind !== 'security') return not(KINDS[group.kind], other);
  if (group.isDynamic) return not('computes its members from a rule', other);
  if (group.isRoleAssignable) return not('gives administrator roles of the tenant', other);
  if (group.synchronizedByOthers) return not('is kept by another tool (Entra Connect or Cloud Sync)', other);
  return undefined;
}

async function readLinkedIds({ database }: Platform): Promise<ReadonlySet<string>> {
  const rows = await database.selectFrom('group_link').select('online_group_id').execute();
  return new Set(rows.map((row) => row.online_group_id));
}

/** Groups of the tenant to choose from, those that can be linked first. */
export async function listOnlineGroups(platform: Platform): Promise<OnlineGroupChoice[]> {
  const [groups, linked] = await Promise.all([
    platform.connections.getMicrosoft365().groups.list(OPTIONS),
    readLinkedIds(platform),
  ]);
  return groups
    .map((group) => ({
      id: group.id,
      name: group.displayName,
      description: group.description,
      problem: linkProblem(group, linked) ?? null,
    }))
    .toSorted(
      (one, other) =>
        Number(one.problem !== null) - Number(other.problem !== null) || one.name.localeCompare(other.name),
    );
}

/** Letters and digits only; the tenant makes nothing of it for a group without mail, but wants one. */
function nicknameOf(name: string, now: Date): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 40);
  return `${plain === '' ? 'group' : plain}-${now.getTime().toString(36)}`;
}

async function demandLinkable(platform: Platform, id: string): Promise<OnlineGroup> {
  const group = await platform.connections.getMicrosoft365().groups.find(id, OPTIONS);
  if (group === undefined) {
    throw new DomainError({
      code: 'groups.online-group-not-found',
      message: 'The tenant has no such group.',
      remedy: 'Refresh; it may have been removed meanwhile.',
      field: 'onlineGroupId',
    });
  }
  const problem = linkProblem(group, await readLinkedIds(platform));
  if (problem === undefined) return group;
  throw new DomainError({
    code: problem.code,
    message: problem.message,
    remedy: problem.remedy ?? '',
    field: 'onlineGroupId',
  });
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

function refuseUnlinkable(group: DirectoryGroup, former: { readonly online_name: string } | undefined): void {
  refuseProtected(group);
  if (former !== undefined) {
    throw new DomainError({
      code: 'groups.link-taken',
      message: `${group.name} is linked to ${former.online_name} already.`,
      remedy: 'Unlink it first.',
    });
  }
  if (group.isSecurity) return;
  throw new DomainError({
    code: 'groups.not-security',
    message: `${group.name} is a distribution group.`,
    remedy: 'Only security groups are linked.',
  });
}

/** Links a group of the tenant; its members follow from then on. */
export async function linkGroup(
  platform: Platform,
  call: GroupCall,
  id: string,
  request: {
    readonly onlineGroupId?: string | undefined;
    readonly name?: string | undefined;
    readonly sync: GroupSync;
  },
): Promise<GroupAnswer> {
  const group = await demandGroup(platform, id);
  refuseUnlinkable(group, await findLink(platform, group.id));
  const existing =
    request.onlineGroupId === undefined ? undefined : await demandLinkable(platform, request.onlineGroupId);
  const name = existing?.displayName ?? request.name ?? group.name;
  const plan = await request.sync.preview(group.id, existing?.id);
  const changes: FieldChange[] = [
    { field: existing === undefined ? 'new online group' : 'online group', before: null, after: name },
    ...(plan.add.length === 0 ? [] : [{ field: 'members', before: null, after: people(plan.add.length) }]),
    ...(plan.remove.length === 0 ? [] : [{ field: 'members', before: people(plan.remove.length), after: null }]),
  ];
  const warnings: Notice[] = [
    ...(plan.withoutAccount === 0
      ? []
      : [
          {
            code: 'groups.members-without-account',
            message: `${people(plan.withoutAccount)} in ${group.name} cannot be added: no online account.`,
            remedy: 'They follow as soon as they have one.',
          },
        ]),
    ...(plan.held.length === 0
      ? []
      : [
          {
            code: 'groups.held',
            message: `${people(plan.held.length)} would be removed from ${name} at once; that will wait for your approval.`,
          },
        ]),
  ];
  if (call.dryRun) return answerWith(platform, call, { id: group.id, changes, warnings });
  const entry = {
    action: 'group.link',
    sentence: `Linked ${group.name} to the online group ${name}`,
    subject: group.name,
    changes,
  };
  await audited(platform, call, entry, async () => {
    const { groups } = platform.connections.getMicrosoft365();
    const online =
      existing ??
      (await groups.create(
        { displayName: name, description: group.description, mailNickname: nicknameOf(name, platform.clock.now()) },
        OPTIONS,
      ));
    await platform.database
      .insertInto('group_link')
      .values({
        group_id: group.id,
        online_group_id: online.id,
        online_name: online.displayName,
        linked_at: platform.clock.now(),
        linked_by: call.actor.displayName,
      })
      .execute();
  });
  request.sync.lookAgain();
  return answerWith(platform, call, { id: group.id, changes, warnings });
}

async function demandLink(platform: Platform, id: string) {
  const link = await findLink(platform, id.toLowerCase());
  if (link !== undefined) return link;
  throw new DomainError({
    code: 'groups.not-linked',
    message: 'The group is not linked to a group of the tenant.',
    remedy: 'There is nothing to do.',
  });
}

/** Ends the link, also of a group that is gone from the directory; nobody is removed from anything. */
export async function unlinkGroup(platform: Platform, call: GroupCall, id: string): Promise<GroupAnswer> {
  const link = await demandLink(platform, id);
  const changes: FieldChange[] = [{ field: 'online group', before: link.online_name, after: null }];
  if (!call.dryRun) {
    const entry = {
      action: 'group.unlink',
      sentence: `Unlinked the online group ${link.online_name}`,
      subject: link.online_name,
      changes,
    };
    await audited(platform, call, entry, () =>
      platform.database.deleteFrom('group_link').where('group_id', '=', link.group_id).execute(),
    );
    await platform.alerts.resolve('groups.held', link.group_id);
    await platform.alerts.resolve('groups.not-in-step', link.group_id);
  }
  return answerWith(platform, call, { id: link.group_id, changes });
}

/** Lets the guard remove the people whom it holds now. */
export async function approveHeld(
  platform: Platform,
  call: GroupCall,
  id: string,
  sync: GroupSync,
): Promise<GroupAnswer> {
  const link = await demandLink(platform, id);
  const changes: FieldChange[] = [{ field: 'members', before: people(link.held_ids.length), after: null }];
  const entry = {
    action: 'group.approve',
    sentence: `Approved that ${people(link.held_ids.length)} are removed from the online group ${link.online_name}`,
    subject: link.online_name,
    changes,
  };
  await audited(platform, call, entry, () =>
    platform.database
      .updateTable('group_link')
      .set({ approved_ids: link.held_ids })
      .where('group_id', '=', link.group_id)
      .execute(),
  );
  await sync.run();
  return answerWith(platform, call, { id: link.group_id, changes });
}
