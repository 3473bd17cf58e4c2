import type { FieldChange, Group, Notice } from '@isthmus/contracts';
import type { DirectoryGroup } from '@isthmus/directory';
import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { demandGroup, findLink, isRoleGroup, presentGroup } from './readGroups.ts';

export interface GroupCall {
  readonly actor: Actor;
  readonly requestId: string;
  readonly dryRun: boolean;
}

export interface GroupAnswer {
  readonly changes: FieldChange[];
  readonly warnings: Notice[];
  readonly group: Group | null;
}

/** @throws DomainError for groups of the system and privileged ones: rights over the directory are not given here */
export function refuseProtected(group: DirectoryGroup): void {
  if (!group.isProtected) return;
  throw new DomainError({
    code: 'groups.protected',
    message: `${group.name} belongs to the system or gives rights over the directory, so Isthmus does not change it.`,
    remedy: 'Change it with the tools of the directory, if it has to be.',
  });
}

/** @throws DomainError for the groups that the configuration names: who may do what here hangs on them */
function refuseRoleGroup(platform: Platform, group: DirectoryGroup): void {
  if (!isRoleGroup(platform, group)) return;
  throw new DomainError({
    code: 'groups.role-group',
    message: `${group.name} says who may use Isthmus, and is known by its name and place.`,
    remedy: 'Its members may be changed. To use another group, change the configuration first.',
  });
}

/** The group as it is now, for the answer. */
export async function answerWith(
  platform: Platform,
  call: GroupCall,
  found: { readonly id: string | undefined; readonly changes: FieldChange[]; readonly warnings?: Notice[] },
): Promise<GroupAnswer> {
  const group = found.id === undefined ? undefined : await platform.connections.getDirectory().findGroup(found.id);
  const link = group === undefined ? undefined : await findLink(platform, group.id);
  const integrated = platform.connections.findMicrosoft365() !== undefined;
  return {
    changes: found.changes,
    warnings: found.warnings ?? [],
    group:
      group === undefined
        ? null
        : presentGroup(group, link, call.actor, { integrated, isRole: isRoleGroup(platform, group) }),
  };
}

/** Runs the change, and records in the audit log how it ended. */
export async function audited<T>(
  platform: Platform,
  { actor, requestId }: GroupCall,
  entry: {
    readonly action: string;
    readonly sentence: string;
    readonly subject: string;
    readonly changes: FieldChange[];
  },
  run: () => Promise<T>,
): Promise<T> {
  const record = (result: 'done' | 'failed') =>
    platform.audit.record({
      actor: actor.displayName,
      address: actor.address,
      ...entry,
      sentence: result === 'done' ? entry.sentence : `${entry.sentence}: failed`,
      result,
      requestId,
    });
  try {
    const value = await run();
    await record('done');
    return value;
  } catch (error) {
    await record('failed');
    throw error;
  }
}

const change = (field: string, before: string, after: string): FieldChange[] =>
  before === after ? [] : [{ field, before: before || null, after: after || null }];

async function refuseTaken(platform: Platform, name: string, except?: string): Promise<void> {
  const groups = await platform.connections.getDirectory().listGroups();
  const holder = groups.find((group) => group.name.toLowerCase() === name.toLowerCase() && group.id !== except);
  if (holder === undefined) return;
  throw new DomainError({
    code: 'groups.name-taken',
    message: `There is a group ${holder.name} already.`,
    remedy: 'Choose another name.',
    field: 'name',
  });
}

export async function addGroup(
  platform: Platform,
  call: GroupCall,
  request: { readonly name: string; readonly description: string },
): Promise<GroupAnswer> {
  await refuseTaken(platform, request.name);
  const changes = [...change('name', '', request.name), ...change('description', '', request.description)];
  if (call.dryRun) return answerWith(platform, call, { id: undefined, changes });
  const { managedOu } = platform.connections.getDirectorySettings();
  const entry = { action: 'group.add', sentence: `Added the group ${request.name}`, subject: request.name, changes };
  const group = await audited(platform, call, entry, () =>
    platform.connections.getDirectory().addGroup({ ...request, containerDn: managedOu }),
  );
  return answerWith(platform, call, { id: group.id, changes });
}

export async function changeGroup(
  platform: Platform,
  call: GroupCall,
  id: string,
  request: { readonly name?: string | undefined; readonly description?: string | undefined },
): Promise<GroupAnswer> {
  const group = await demandGroup(platform, id);
  refuseProtected(group);
  const { name = group.name, description = group.description } = request;
  if (name !== group.name) refuseRoleGroup(platform, group);
  await refuseTaken(platform, name, group.id);
  const changes = [...change('name', group.name, name), ...change('description', group.description, description)];
  if (!call.dryRun && changes.length > 0) {
    const entry = { action: 'group.change', sentence: `Changed the group ${group.name}`, subject: name, changes };
    await audited(platform, call, entry, () =>
      platform.connections.getDirectory().changeGroup(group.id, { name, description }),
    );
  }
  return answerWith(platform, call, { id: group.id, changes });
}

export async function removeGroup(platform: Platform, call: GroupCall, id: string): Promise<GroupAnswer> {
  const group = await demandGroup(platform, id);
  refuseProtected(group);
  refuseRoleGroup(platform, group);
  const link = await findLink(platform, group.id);
  const changes = change('name', group.name, '');
  const warnings: Notice[] = [
    ...(group.memberCount === 0
      ? []
      : [
          {
            code: 'groups.has-members',
            message: `${group.name} has ${group.memberCount} members; what they may do by it ends, and a removed group cannot be restored.`,
            remedy: 'A new group of the same name does not get the same rights.',
          },
        ]),
    ...(link === undefined
      ? []
      : [
          {
            code: 'groups.online-stays',
            message: `The online group ${link.online_name} is unlinked and stays as it is.`,
          },
        ]),
  ];
  if (call.dryRun) return answerWith(platform, call, { id: group.id, changes, warnings });
  const entry = { action: 'group.remove', sentence: `Removed the group ${group.name}`, subject: group.name, changes };
  await audited(platform, call, entry, async () => {
    await platform.database.deleteFrom('group_link').where('group_id', '=', group.id).execute();
    await platform.connections.getDirectory().removeGroup(group.id);
  });
  return answerWith(platform, call, { id: undefined, changes, warnings });
}
