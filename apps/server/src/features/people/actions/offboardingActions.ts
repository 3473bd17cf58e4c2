import { nameOf, type Person } from '../Person.ts';
import type { ActionCall, ActionOf, ActionOutcome } from './ActionTools.ts';

/** Before anything is taken, so that a crash in between leaves a note too much and never one too few. */
export async function beginOffboarding(
  action: ActionOf<'offboarding.begin'>,
  person: Person,
  { tools, context }: ActionCall,
): Promise<ActionOutcome> {
  const before = person.offboarding;
  const removeAt = action.removeAt === undefined ? null : new Date(action.removeAt);
  const groupDns = [...new Set([...(before?.groupDns ?? []), ...action.groupDns])];
  const mailbox = JSON.stringify({ ...before?.mailbox, ...action.mailbox });
  await tools.database
    .insertInto('offboarding')
    .values({
      user_id: person.user.id,
      begun_at: tools.clock.now(),
      begun_by: context.actor,
      group_dns: groupDns,
      mailbox,
      remove_at: removeAt,
    })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet({ group_dns: groupDns, mailbox, remove_at: removeAt }),
    )
    .execute();
  if (before !== undefined && before.removeAt?.getTime() === removeAt?.getTime()) return 'unchanged';
  return {
    side: 'isthmus',
    event: 'offboarding.begun',
    sentence: `${nameOf(person)} leaves`,
    changes: [
      { field: 'removal', before: before?.removeAt?.toISOString() ?? null, after: removeAt?.toISOString() ?? null },
    ].filter((change) => change.before !== change.after),
  };
}

export async function endOffboarding(person: Person, { tools }: ActionCall): Promise<ActionOutcome> {
  if (person.offboarding === undefined) return 'unchanged';
  await tools.database.deleteFrom('offboarding').where('user_id', '=', person.user.id).execute();
  return { side: 'isthmus', event: 'offboarding.ended', sentence: `${nameOf(person)} stays` };
}
