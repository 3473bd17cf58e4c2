import type { FieldChange } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import { isAnyOf } from '../../storage/isAnyOf.ts';
import { answerWith, audited, type GroupAnswer, type GroupCall, refuseProtected } from './changeGroups.ts';
import { demandGroup } from './readGroups.ts';

interface Known {
  readonly id: string;
  readonly dn: string;
  readonly name: string;
}

/** People and groups by id. @throws DomainError naming an id that belongs to neither */
async function resolve(platform: Platform, ids: readonly string[]): Promise<readonly Known[]> {
  if (ids.length === 0) return [];
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  const [people, groups] = await Promise.all([
    platform.database
      .selectFrom('directory_user')
      .select(['id', 'dn', 'display_name', 'user_name'])
      .where(isAnyOf('id', wanted))
      .where('removed_at', 'is', null)
      .execute(),
    platform.connections.getDirectory().listGroups(),
  ]);
  const known = new Map<string, Known>([
    ...groups.map(({ id, dn, name }) => [id, { id, dn, name }] as const),
    ...people.map(({ id, dn, ...row }) => [id, { id, dn, name: row.display_name || row.user_name }] as const),
  ]);
  return wanted.map((id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    throw new DomainError({
      code: 'groups.member-unknown',
      message: `There is no person and no group ${id} in the directory.`,
      remedy: 'Refresh; it may have been removed meanwhile.',
      field: 'add',
    });
  });
}

/** Adds and removes direct members. Who is (or is not) a member already is left alone. */
export async function changeMembers(
  platform: Platform,
  call: GroupCall,
  id: string,
  request: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<GroupAnswer> {
  const directory = platform.connections.getDirectory();
  const group = await demandGroup(platform, id);
  refuseProtected(group);
  const [members, added] = await Promise.all([directory.listGroupMembers(group.id), resolve(platform, request.add)]);
  const present = new Map(members.map((member) => [member.id, member]));
  const joining = added.filter((one) => !present.has(one.id) && one.id !== group.id);
  const leaving = request.remove.flatMap((one) => present.get(one.toLowerCase()) ?? []);
  const changes: FieldChange[] = [
    ...joining.map(({ name }) => ({ field: 'member', before: null, after: name })),
    ...leaving.map(({ name }) => ({ field: 'member', before: name, after: null })),
  ];
  if (!call.dryRun && changes.length > 0) {
    const sentence = `Changed the members of ${group.name}: ${joining.length} added, ${leaving.length} removed`;
    const entry = { action: 'group.change-members', sentence, subject: group.name, changes: changes.slice(0, 100) };
    await audited(platform, call, entry, () =>
      directory.changeGroupMembers(group.id, {
        add: joining.map(({ dn }) => dn),
        remove: leaving.map(({ dn }) => dn),
      }),
    );
  }
  return answerWith(platform, call, { id: group.id, changes });
}
