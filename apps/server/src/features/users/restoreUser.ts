import { randomBytes } from 'node:crypto';
import type { CommandResult } from '@isthmus/contracts';
import { Secret } from '@isthmus/kernel';
import type { Platform } from '../../composition/Platform.ts';
import type { CommandCall, CommandDependencies } from '../commands/index.ts';
import type { Person, PersonStore } from '../people/index.ts';
import { changeOneUser } from './changeOneUser.ts';
import { planRestoreUser, type RestoreFacts, type UserSnapshot, userSnapshotSchema } from './planRestoreUser.ts';

async function findSnapshot(platform: Platform, userId: string): Promise<UserSnapshot | undefined> {
  const row = await platform.database
    .selectFrom('removal')
    .select('user_snapshot')
    .where('user_id', '=', userId)
    .where('restored_at', 'is', null)
    .where('restorable_until', '>', platform.clock.now())
    .orderBy('removed_at', 'desc')
    .executeTakeFirst();
  return row?.user_snapshot === null || row === undefined ? undefined : userSnapshotSchema.parse(row.user_snapshot);
}

async function findSameUserName(
  platform: Platform,
  people: PersonStore,
  userName: string,
): Promise<Person | undefined> {
  const user = await platform.connections.getDirectory().findUserByName(userName);
  return user === undefined ? undefined : people.find(user.id);
}

async function readFacts(
  platform: Platform,
  people: PersonStore,
  userId: string,
  passwordRef: string,
): Promise<RestoreFacts> {
  const snapshot = await findSnapshot(platform, userId);
  const directory = platform.connections.getDirectory();
  const [info, units, sameUserName] = await Promise.all([
    directory.info(),
    directory.listOrganizationalUnits(),
    snapshot === undefined ? undefined : findSameUserName(platform, people, snapshot.userName),
  ]);
  return {
    snapshot,
    sameUserName,
    domainName: info.domainName,
    managedOu: platform.connections.getDirectorySettings().managedOu,
    containers: new Set(units.map((unit) => unit.dn.toLowerCase())),
    passwordRef,
  };
}

/** Long and mixed enough for every policy; nobody ever sees it. */
function unknowablePassword(): Secret {
  return new Secret(`Aa1-${randomBytes(24).toString('base64url')}`);
}

/** Brings a removed person back on both sides. */
export function restoreUser(
  platform: Platform,
  dependencies: CommandDependencies,
  call: CommandCall,
  userId: string,
): Promise<CommandResult> {
  return changeOneUser(platform, dependencies, call, userId, {
    kind: 'restore-users',
    verb: 'Restore',
    auditAction: 'user.restore',
    auditVerb: 'Restored',
    plan: async (person, keep) =>
      planRestoreUser(person, await readFacts(platform, dependencies.people, userId, await keep(unknowablePassword()))),
  });
}

/** After a restore nothing of the removal is open any more, so that the person is not offered twice. */
export async function closeRemoval(platform: Platform, userId: string): Promise<void> {
  await platform.database
    .updateTable('removal')
    .set({ restored_at: platform.clock.now() })
    .where('user_id', '=', userId)
    .where('restored_at', 'is', null)
    .execute();
}
