import type { DirectoryUser } from '@isthmus/directory';
import { isDomainError, type Secret, type UserId } from '@isthmus/kernel';
import { generateFirstPassword } from '../generateFirstPassword.ts';
import { nameOf, type Person } from '../Person.ts';
import { passwordMoment } from '../passwordMoment.ts';
import { passwordVersionOf } from '../passwordVersion.ts';
import {
  type ActionCall,
  type ActionOf,
  type ActionOutcome,
  type ActionTools,
  demandPassword,
  fieldChanges,
} from './ActionTools.ts';

/** How long after its creation an account may still be the one that an interrupted run made. */
const RERUN_WINDOW_MS = 24 * 60 * 60_000;

/** The password just set belongs to the person on both sides; it waits here until an online account can have it. */
async function handOn(tools: ActionTools, user: DirectoryUser, password: Secret, before?: Date): Promise<void> {
  const changedAt = await passwordMoment(user, before, tools);
  await tools.passwords.acceptClear({ userId: user.id, version: passwordVersionOf(changedAt), changedAt, password });
}

/**
 * A crash after the account was made lets the action run again: then the account is there, young, named the same,
 * and opened by this very password, which nobody but that run could know.
 */
async function findOwnRerun(
  tools: ActionTools,
  action: ActionOf<'directory.add-user'>,
  password: Secret,
): Promise<DirectoryUser | undefined> {
  const directory = tools.connections.getDirectory();
  const found = await directory.findUserByName(action.user.userName);
  if (found?.createdAt === undefined || found.upn?.toLowerCase() !== action.user.upn.toLowerCase()) return undefined;
  if (tools.clock.now().getTime() - found.createdAt.getTime() > RERUN_WINDOW_MS) return undefined;
  const { outcome } = await directory.signIn(action.user.upn, password);
  return outcome === 'ok' || outcome === 'must-change' ? found : undefined;
}

/** A repetition finds the one that the first run made. */
async function firstPassword(action: ActionOf<'directory.add-user'>, tools: ActionTools): Promise<Secret> {
  if (action.generated === undefined) return demandPassword(tools, action.passwordRef);
  const kept = await tools.secrets.find(action.passwordRef);
  if (kept !== undefined) return kept;
  const made = generateFirstPassword(action.generated.minimumLength, action.user);
  await tools.secrets.put(action.passwordRef, made);
  return made;
}

export async function addUser(action: ActionOf<'directory.add-user'>, { tools }: ActionCall): Promise<ActionOutcome> {
  const password = await firstPassword(action, tools);
  const directory = tools.connections.getDirectory();
  const user = await directory.addUser({ ...action.user, password }).catch(async (error: unknown) => {
    const taken = ['directory.user-name-taken', 'directory.upn-taken', 'directory.name-taken'];
    const rerun = taken.some((code) => isDomainError(error, code))
      ? await findOwnRerun(tools, action, password)
      : undefined;
    if (rerun === undefined) throw error;
    return rerun;
  });
  await tools.people.saveUser(user);
  if (action.directoryOnly !== true) await handOn(tools, user, password);
  return {
    side: 'directory',
    event: 'directory.user-added',
    sentence: `Added the user account ${user.userName}`,
    userId: user.id,
  };
}

/** Reads the account as it is now; the mirror may be a moment behind. */
async function present(person: Person, tools: ActionTools): Promise<DirectoryUser> {
  const found = await tools.connections.getDirectory().findUser(person.user.id);
  return found ?? person.user;
}

export async function changeUser(
  action: ActionOf<'directory.change-user'>,
  person: Person,
  { tools }: ActionCall,
): Promise<ActionOutcome> {
  const changes = fieldChanges(await present(person, tools), action.changes);
  if (changes.length === 0) return 'unchanged';
  await tools.people.saveUser(await tools.connections.getDirectory().changeUser(person.user.id, action.changes));
  return { side: 'directory', event: 'directory.changed', sentence: `Changed ${nameOf(person)}`, changes };
}

export async function setEnabled(enabled: boolean, person: Person, { tools }: ActionCall): Promise<ActionOutcome> {
  const before = await present(person, tools);
  const after = await tools.connections.getDirectory().setEnabled(person.user.id, enabled);
  await tools.people.saveUser(after);
  if (before.enabled === enabled) return 'unchanged';
  return {
    side: 'directory',
    event: enabled ? 'directory.enabled' : 'directory.disabled',
    sentence: enabled ? `Activated ${nameOf(person)}` : `Deactivated ${nameOf(person)}`,
    changes: fieldChanges({ enabled: !enabled }, { enabled }),
  };
}

export async function setPassword(
  action: ActionOf<'directory.set-password'>,
  person: Person,
  { tools }: ActionCall,
): Promise<ActionOutcome> {
  const password = await demandPassword(tools, action.passwordRef);
  const directory = tools.connections.getDirectory();
  const user = await directory.resetPassword(person.user.id, password, { mustChange: action.mustChange });
  await tools.people.saveUser(user);
  await handOn(tools, user, password, person.password?.changedAt);
  const how = action.mustChange ? '; a new one has to be chosen at the next sign-in' : '';
  return {
    side: 'directory',
    event: 'directory.password-set',
    sentence: `Set the password of ${nameOf(person)}${how}`,
  };
}

export async function unlock(person: Person, { tools }: ActionCall): Promise<ActionOutcome> {
  const before = await present(person, tools);
  await tools.people.saveUser(await tools.connections.getDirectory().unlock(person.user.id));
  if (!before.locked) return 'unchanged';
  return {
    side: 'directory',
    event: 'directory.unlocked',
    sentence: `Unlocked ${nameOf(person)}`,
    changes: fieldChanges({ locked: true }, { locked: false }),
  };
}

export async function removeUser(person: Person, { tools }: ActionCall): Promise<ActionOutcome> {
  await tools.connections.getDirectory().removeUser(person.user.id);
  if (person.removedAt !== undefined) return 'unchanged';
  await tools.people.saveUserRemoved(person.user.id, tools.clock.now());
  return {
    side: 'directory',
    event: 'directory.user-removed',
    sentence: `Removed the user account ${person.user.userName}`,
  };
}

async function readAgain(id: UserId, tools: ActionTools): Promise<void> {
  const user = await tools.connections.getDirectory().findUser(id);
  if (user !== undefined) await tools.people.saveUser(user);
}

export async function changeMembership(
  join: boolean,
  groupDn: string,
  person: Person,
  { tools }: ActionCall,
): Promise<ActionOutcome> {
  const before = await present(person, tools);
  const isMember = before.groupDns.some((dn) => dn.toLowerCase() === groupDn.toLowerCase());
  if (isMember === join) return 'unchanged';
  const directory = tools.connections.getDirectory();
  if (join) await directory.addToGroup(groupDn, person.user.id);
  else await directory.removeFromGroup(groupDn, person.user.id);
  await readAgain(person.user.id, tools);
  return {
    side: 'directory',
    event: join ? 'directory.group-joined' : 'directory.group-left',
    sentence: join ? `Added ${nameOf(person)} to ${groupDn}` : `Took ${nameOf(person)} out of ${groupDn}`,
    changes: [{ field: 'group', before: join ? null : groupDn, after: join ? groupDn : null }],
  };
}
