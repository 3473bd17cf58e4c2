import { randomUUID } from 'node:crypto';
import { type Notice, permissionsOf } from '@isthmus/contracts';
import type { Platform } from '../../../composition/Platform.ts';
import { type Actor, ISTHMUS_ITSELF } from '../../../http/Actor.ts';
import { isAnyOf } from '../../../storage/isAnyOf.ts';
import { type CommandDependencies, runCommand } from '../../commands/index.ts';
import { nameOf, type Person, type PersonStore } from '../../people/index.ts';
import { readCommandContext, readPlanNames, titleFor } from '../commandContext.ts';
import { planRemoveUsers } from '../planRemoveUsers.ts';

const NOT_REMOVED = 'users.offboarding-not-removed';

/** Nobody's session: the administrator who set the day is in the record of the off-boarding. */
const itself: Actor = {
  sessionId: '',
  userId: '',
  userName: ISTHMUS_ITSELF,
  displayName: ISTHMUS_ITSELF,
  role: 'administrator',
  permissions: permissionsOf.administrator,
  address: '',
};

async function findDue({ database, clock }: Platform): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('offboarding')
    .innerJoin('directory_user', 'directory_user.id', 'offboarding.user_id')
    .select('offboarding.user_id')
    .where('offboarding.remove_at', '<=', clock.now())
    .where('directory_user.removed_at', 'is', null)
    .execute();
  return rows.map((row) => row.user_id);
}

/** People whom a job that has not ended is about. */
async function findInHand({ database }: Platform, userIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (userIds.length === 0) return new Set();
  const rows = await database
    .selectFrom('job_item')
    .innerJoin('job', 'job.id', 'job_item.job_id')
    .select('job_item.user_id')
    .where('job.ended_at', 'is', null)
    .where(isAnyOf('job_item.user_id', userIds))
    .execute();
  return new Set(rows.map((row) => row.user_id).filter((id) => id !== null));
}

/** Somebody who works again is not removed because of a day that was set long ago. */
function activeAgain(person: Person): Notice {
  return {
    code: 'users.active-again',
    message: `${nameOf(person)} was off-boarded by ${person.offboarding?.by ?? '?'}, but the user account is active again.`,
    remedy: 'Activate the person here to end the off-boarding, or deactivate the account to have it removed.',
  };
}

/** As the directory answers now: the mirror may be behind. */
async function readPresent(platform: Platform, people: PersonStore, userIds: readonly string[]): Promise<Person[]> {
  const directory = platform.connections.getDirectory();
  const known = await people.findMany(userIds);
  const present = await Promise.all(
    known.map(async (person) => {
      const user = await directory.findUser(person.user.id);
      return user === undefined ? undefined : { ...person, user };
    }),
  );
  return present.filter((person) => person !== undefined);
}

async function tellRefusals(
  platform: Platform,
  refused: ReadonlyMap<string, Notice & { name: string }>,
): Promise<void> {
  const { database, alerts } = platform;
  const open = await database
    .selectFrom('alert')
    .select('subject_user_id')
    .where('code', '=', NOT_REMOVED)
    .where('state', '<>', 'resolved')
    .execute();
  for (const { subject_user_id: userId } of open) {
    if (userId !== null && !refused.has(userId)) await alerts.resolve(NOT_REMOVED, userId);
  }
  for (const [userId, { name, message, remedy }] of refused) {
    await alerts.raise({
      code: NOT_REMOVED,
      severity: 'warning',
      title: `${name} was to be removed and was not`,
      detail: message,
      remedy: remedy ?? 'Remove the person yourself, or activate the person to end the off-boarding.',
      subjectUserId: userId,
      subject: name,
    });
  }
}

/**
 * Starts the removal of everybody whose day has come, by the rules of the command Remove. Whoever must not be removed,
 * or is active again, stays and is told of in an alert.
 */
export async function removeDuePeople(
  platform: Platform,
  { people }: Pick<CommandDependencies, 'people'>,
): Promise<void> {
  if (platform.connections.findDirectory() === undefined) return;
  const due = await findDue(platform);
  const inHand = await findInHand(platform, due);
  const present = await readPresent(
    platform,
    people,
    due.filter((userId) => !inHand.has(userId)),
  );
  const leaving = present.filter((person) => !person.user.enabled);
  const plan = planRemoveUsers(leaving, await readCommandContext(platform, itself));
  const refused = new Map<string, Notice & { name: string }>();
  for (const person of present.filter(({ user }) => user.enabled)) {
    refused.set(person.user.id, { ...activeAgain(person), name: nameOf(person) });
  }
  for (const { subject, blocked } of plan.people) {
    if (subject.userId !== null && blocked !== undefined)
      refused.set(subject.userId, { ...blocked, name: subject.name });
  }
  await tellRefusals(platform, refused);
  const going = plan.people.filter((entry) => entry.blocked === undefined);
  if (going.length === 0) return;
  await runCommand(
    platform,
    { query: { dryRun: false, wait: 0 }, actor: itself, requestId: randomUUID() },
    {
      kind: 'remove-users',
      title: titleFor(
        'Remove, as their off-boarding asked,',
        going.map(({ subject }) => subject),
      ),
      auditAction: 'user.remove',
      auditVerb: 'Removed, as the off-boarding asked,',
      names: await readPlanNames(platform),
      plan: async () => ({ people: going, warnings: [] }),
    },
  );
}
