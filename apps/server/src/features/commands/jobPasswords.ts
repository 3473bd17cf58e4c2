import { randomUUID } from 'node:crypto';
import type { Secret } from '@isthmus/kernel';
import type { Kysely } from 'kysely';
import type { SecretStore } from '../../storage/SecretStore.ts';
import type { Database } from '../../storage/schema.ts';

const PREFIX = 'job-password:';

/**
 * Keeps a password sealed until its job has ended. The job stores only the reference.
 * @returns the reference, for `passwordRef` of actions
 */
export async function keepJobPassword(secrets: SecretStore, password: Secret): Promise<string> {
  const reference = `${PREFIX}${randomUUID()}`;
  await secrets.put(reference, password);
  return reference;
}

export async function forgetJobPasswords(secrets: SecretStore, references: readonly string[]): Promise<void> {
  for (const reference of references) await secrets.remove(reference);
}

/**
 * Removes passwords that no living job refers to: a crash between keeping the password and starting the job, or
 * between the end of the job and its release, leaves one behind.
 */
export async function sweepJobPasswords(database: Kysely<Database>, olderThan: Date): Promise<number> {
  const result = await database
    .deleteFrom('secret')
    .where('name', 'like', `${PREFIX}%`)
    .where('created_at', '<', olderThan)
    .where(({ not, exists, selectFrom, val }) =>
      not(
        exists(
          selectFrom('job')
            .select('job.id')
            .where('job.state', 'in', ['waiting', 'running', 'interrupted'])
            .where((job) =>
              job.fn<boolean>('jsonb_exists', [
                job.fn('jsonb_extract_path', ['job.input', val('secrets')]),
                'secret.name',
              ]),
            ),
        ),
      ),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
