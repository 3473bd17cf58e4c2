import type { FieldChange } from '@isthmus/contracts';
import { type Clock, DomainError, type Secret } from '@isthmus/kernel';
import type { CallOptions, OnlineAccount } from '@isthmus/microsoft365';
import type { Kysely } from 'kysely';
import type { Connections } from '../../../connections/Connections.ts';
import type { DirectoryClock } from '../../../connections/DirectoryClock.ts';
import type { SecretStore } from '../../../storage/SecretStore.ts';
import type { Database } from '../../../storage/schema.ts';
import type { Action } from '../Action.ts';
import type { PasswordOutbox, People, PerformContext } from '../People.ts';
import { nameOf, type PersonOrAccount } from '../Person.ts';

/** What actions work with. */
export interface ActionTools {
  readonly clock: Clock;
  readonly directoryClock: DirectoryClock;
  readonly database: Kysely<Database>;
  readonly connections: Connections;
  readonly secrets: SecretStore;
  readonly people: People;
  readonly passwords: PasswordOutbox;
  /** Called after licenses were given or taken, so that the numbers of free ones are read again. */
  readonly licensesChanged: () => void;
}

/** What the timeline says about an action that changed something. */
export interface Done {
  readonly side: 'directory' | 'online' | 'isthmus';
  /** Stable code such as `online.sign-in-blocked`. */
  readonly event: string;
  readonly sentence: string;
  readonly changes?: readonly FieldChange[];
  readonly onlineAccountId?: string;
  /** Set when the action gave the person an id. */
  readonly userId?: string;
}

/** What was done to whom; without a user it was done to an online account alone. */
export interface DoneTo {
  readonly userId: string | undefined;
  readonly done: Done;
}

export type ActionOutcome = Done | 'unchanged';

export interface ActionCall {
  readonly tools: ActionTools;
  readonly context: PerformContext;
  readonly options: CallOptions;
}

export type ActionOf<Type extends Action['type']> = Extract<Action, { readonly type: Type }>;

/** @throws DomainError when the person has no online account */
export function demandOnline(person: PersonOrAccount): OnlineAccount {
  if (person.online !== undefined) return person.online;
  throw new DomainError({
    code: 'users.not-linked',
    message: `${nameOf(person)} has no online account.`,
    remedy: 'Create one first.',
  });
}

/** The password of a job. @throws DomainError when the job has ended and forgotten it */
export async function demandPassword(tools: ActionTools, reference: string): Promise<Secret> {
  const password = await tools.secrets.find(reference);
  if (password !== undefined) return password;
  throw new DomainError({
    code: 'jobs.password-gone',
    message: 'The password of this job is no longer kept.',
    remedy: 'Start again and give the password once more.',
  });
}

function text(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.join(', ') || null : String(value);
}

/** One entry for each field that really becomes another. */
export function fieldChanges(before: object, after: object): FieldChange[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => ({ field, before: text(old.get(field)), after: text(value) }))
    .filter((change) => change.before !== change.after);
}
