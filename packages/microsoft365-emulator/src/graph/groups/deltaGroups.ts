import type { GroupLinkRecord } from '../../store/directoryRecords.ts';
import type { GroupRecord, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { answerDelta } from '../delta/answerDelta.ts';
import type { DeltaObject, DeltaRound } from '../delta/DeltaSource.ts';
import { directoryDialect } from '../delta/directoryDialect.ts';
import { findDirectoryObject } from '../directory-objects/DirectoryObject.ts';
import type { GraphAnswer, GraphCall } from '../GraphCall.ts';
import { groupType } from './groupType.ts';
import { readGroup } from './readGroup.ts';

/** GET /groups/delta */
export function deltaGroups(call: GraphCall): GraphAnswer {
  const { tenant, settings } = call;
  const { groups, groupChanges } = tenant.directory;
  return answerDelta(call, {
    type: groupType,
    dialect: directoryDialect,
    changes: groupChanges,
    lagMs: settings.lagMs.groups ?? 0,
    visible: () => groups.visibleValues(),
    find: (id) => groups.get(id),
    read: (group, name) => readGroup(tenant, group, name),
    changedAt: (group, name) => group.changed[name] ?? 0,
    isRestorable: (id) => tenant.deletedItems.get(id) !== undefined,
    relations: ['members', 'owners'],
    related: (group, round) => membersDelta(tenant, group, round),
  });
}

/** Members that came and went; a deleted user leaves only when it is deleted for good. */
function membersDelta(tenant: Tenant, group: GroupRecord, { since, selected }: DeltaRound): DeltaObject {
  if (selected !== undefined && !selected.includes('members')) return {};
  const { directory } = tenant;
  const isNews = (link: GroupLinkRecord): boolean => link.changeNumber > since;
  const came = directory.groupMembers.findAll('groupId', group.id).filter(isNews);
  const left = since === 0 ? [] : directory.formerMembers.findAll('groupId', group.id).filter(isNews);
  const delta: PropertyValue[] = [
    ...came.map(({ objectId }) => named(tenant, objectId)),
    ...left.map(({ objectId }) => ({ ...named(tenant, objectId), '@removed': { reason: 'deleted' } })),
  ];
  return delta.length === 0 ? {} : { 'members@delta': delta };
}

function named(tenant: Tenant, id: string): { [name: string]: PropertyValue } {
  const kind = findDirectoryObject(tenant, id, 'get')?.type.typeName ?? 'microsoft.graph.user';
  return { '@odata.type': `#${kind}`, id };
}
