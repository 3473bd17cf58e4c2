import { randomUUID } from 'node:crypto';
import type { FirstPassword } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import type { Database } from '../../storage/schema.ts';

const PREFIX = 'first-password:';
/** How long somebody may take to print the passwords of an import. */
const KEPT_HOURS = 24;

/** Where the passwords of one import are kept while they wait to be shown. */
export function newPasswordRefs(): (index: number) => string {
  const batch = randomUUID();
  return (index) => `${PREFIX}${batch}:${index}`;
}

const payloadSchema = z.object({
  actions: z.array(
    z.object({
      action: z.looseObject({
        type: z.string(),
        passwordRef: z.string().optional(),
        user: z.object({ displayName: z.string(), userName: z.string(), upn: z.string() }).optional(),
      }),
    }),
  ),
});

interface Kept {
  readonly reference: string;
  readonly owner: Omit<FirstPassword, 'password'>;
}

/** Everybody for whom the job made a user account, in the order of the job. */
async function listOwners({ database }: Platform, jobId: string): Promise<Kept[]> {
  const items = await database
    .selectFrom('job_item')
    .select('payload')
    .where('job_id', '=', jobId)
    .where(({ eb, or, and }) =>
      or([
        eb('state', '=', 'done'),
        // What failed behind the first step left an account that somebody has to sign in to.
        and([eb('state', '=', 'failed'), eb('step', 'is not', null), eb('step', '<>', 'directory.add-user')]),
      ]),
    )
    .orderBy('position')
    .execute();
  return items.flatMap(({ payload }) => {
    const added = payloadSchema.parse(payload).actions.find(({ action }) => action.type === 'directory.add-user');
    const { passwordRef, user } = added?.action ?? {};
    if (user === undefined || passwordRef?.startsWith(PREFIX) !== true) return [];
    return [{ reference: passwordRef, owner: { name: user.displayName, userName: user.userName, upn: user.upn } }];
  });
}

function oldestKept(now: Date): Date {
  return new Date(now.getTime() - KEPT_HOURS * 60 * 60_000);
}

function isStarter(actor: Actor, startedBy: string): boolean {
  return actor.userName.toLowerCase() === startedBy.toLowerCase();
}

/** How many passwords of the job wait, without opening one. */
export async function getFirstPasswords(platform: Platform, jobId: string, actor: Actor) {
  const job = await platform.jobs.get(jobId);
  const references = (await listOwners(platform, jobId)).map(({ reference }) => reference);
  const kept =
    references.length === 0
      ? undefined
      : await platform.database
          .selectFrom('secret')
          .select(({ fn }) => [fn.countAll<string>().as('count'), fn.min('created_at').as('since')])
          .where('name', 'in', references)
          .where('created_at', '>=', oldestKept(platform.clock.now()))
          .executeTakeFirst();
  const since = kept?.since ?? null;
  return {
    count: Number(kept?.count ?? 0),
    until: since === null ? null : new Date(since.getTime() + KEPT_HOURS * 60 * 60_000).toISOString(),
    mayShow: job.endedAt !== null && isStarter(actor, job.startedBy),
  };
}

/**
 * Opens the passwords of an import for whoever started it, and destroys them in the same step.
 * @throws DomainError `imports.passwords-not-yours`, `imports.still-running`, `imports.passwords-gone`
 */
export async function showFirstPasswords(
  platform: Platform,
  jobId: string,
  call: { readonly actor: Actor; readonly requestId: string },
): Promise<FirstPassword[]> {
  const { actor, requestId } = call;
  const job = await platform.jobs.get(jobId);
  const audited = { actor: actor.userName, address: actor.address, action: 'passwords.show', requestId, jobId };
  if (!isStarter(actor, job.startedBy)) {
    const sentence = `Was refused the first passwords of the import that ${job.startedBy} started`;
    await platform.audit.record({ ...audited, sentence, result: 'refused' });
    throw new DomainError({
      code: 'imports.passwords-not-yours',
      message: `Only ${job.startedBy}, who started the import, may see its passwords.`,
      remedy: 'Reset the password of whoever needs one.',
    });
  }
  if (job.endedAt === null) {
    throw new DomainError({
      code: 'imports.still-running',
      message: 'The import has not ended yet; its passwords are shown once, all together.',
      remedy: 'Wait until it has ended.',
    });
  }
  const owners = await listOwners(platform, jobId);
  const passwords = await platform.secrets.take(
    owners.map(({ reference }) => reference),
    oldestKept(platform.clock.now()),
  );
  if (passwords.size === 0) {
    throw new DomainError({
      code: 'imports.passwords-gone',
      message: `These passwords were shown already, or ${KEPT_HOURS} hours are over; they are destroyed.`,
      remedy: 'Reset the password of whoever needs one.',
    });
  }
  const people = passwords.size === 1 ? '1 person' : `${passwords.size} people`;
  await platform.audit.record({ ...audited, sentence: `Was shown the first passwords of ${people}`, result: 'done' });
  return owners.flatMap(({ reference, owner }) => {
    const password = passwords.get(reference);
    return password === undefined ? [] : [{ ...owner, password: password.reveal() }];
  });
}

/** Destroys passwords that nobody asked for in time. @returns how many */
export async function sweepFirstPasswords(database: Kysely<Database>, now: Date): Promise<number> {
  const result = await database
    .deleteFrom('secret')
    .where('name', 'like', `${PREFIX}%`)
    .where('created_at', '<', oldestKept(now))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
