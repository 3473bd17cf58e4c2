import type { AccountSelection, Selection, UserFilter } from '@isthmus/contracts';
import { userFilterSchema } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { type PlanNames, type PlannedCommand, unknownPerson } from '../commands/index.ts';
import { planNamesOf, readLicenses } from '../online-accounts/index.ts';
import type { Person, PersonOrAccount, PersonStore } from '../people/index.ts';
import type { CommandContext } from './refusals.ts';
import { selectUserIds } from './userRows.ts';

export async function readCommandContext(platform: Platform, actor: Actor): Promise<CommandContext> {
  const now = platform.clock.now();
  const administrators = await platform.database
    .selectFrom('directory_user')
    .select('id')
    .where('access_level', '=', 'administrator')
    .where('enabled', '=', true)
    .where('removed_at', 'is', null)
    .where(({ eb, or }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .execute();
  return {
    actor,
    now,
    integrated: platform.connections.findMicrosoft365() !== undefined,
    activeAdministratorIds: new Set(administrators.map((row) => row.id)),
  };
}

export interface ResolvedSelection<Who extends PersonOrAccount = Person> {
  readonly people: readonly Who[];
  /** Ids that belong to nobody. */
  readonly unknownIds: readonly string[];
}

/** The people a bulk command is about. */
export async function resolveSelection(
  platform: Platform,
  people: PersonStore,
  selection: Selection,
): Promise<ResolvedSelection> {
  const ids =
    'ids' in selection
      ? [...new Set(selection.ids.map((id) => id.toLowerCase()))]
      : await selectUserIds(platform.database, filterOf(selection.filter), selection.q, platform.clock.now());
  const found = await people.findMany(ids);
  const known = new Set<string>(found.map((person) => person.user.id));
  return { people: found, unknownIds: ids.filter((id) => !known.has(id)) };
}

/** The people and online accounts that a command about the online side is about; each person once. */
export async function resolveAccounts(
  platform: Platform,
  people: PersonStore,
  selection: AccountSelection,
): Promise<ResolvedSelection<PersonOrAccount>> {
  if ('all' in selection) return resolveSelection(platform, people, selection);
  const accountIds = [...new Set(selection.accountIds.map((id) => id.toLowerCase()))];
  const [named, accounts] = await Promise.all([
    resolveSelection(platform, people, { ids: selection.ids }),
    people.findAccounts(accountIds),
  ]);
  const namedIds = new Set<string>(named.people.map(({ user }) => user.id));
  const found = new Set<string | undefined>(accounts.map(({ online }) => online?.id));
  return {
    people: [...named.people, ...accounts.filter(({ user }) => user === undefined || !namedIds.has(user.id))],
    unknownIds: [...named.unknownIds, ...accountIds.filter((id) => !found.has(id))],
  };
}

function filterOf(name: string | undefined): UserFilter {
  return userFilterSchema.parse(name ?? 'all');
}

export function withUnknown(plan: PlannedCommand, unknownIds: readonly string[]): PlannedCommand {
  return { ...plan, people: [...plan.people, ...unknownIds.map((id) => unknownPerson(id))] };
}

export async function readPlanNames(platform: Platform): Promise<PlanNames> {
  return planNamesOf(await readLicenses(platform));
}

export function titleFor(verb: string, people: readonly { readonly name: string }[]): string {
  const [only] = people;
  return people.length === 1 && only !== undefined ? `${verb} ${only.name}` : `${verb} ${people.length} people`;
}
