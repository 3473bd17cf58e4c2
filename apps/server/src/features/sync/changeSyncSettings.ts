import {
  attributeSources,
  MAP_OFF,
  type MappedField,
  managedFields,
  mappedFields,
  type SyncSettingsChange,
  type SyncSettingsResult,
  type SyncSettingsView,
} from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import { userFromRow } from '../people/index.ts';
import { readLastComparison } from './NightlyComparison.ts';
import { PHONE_LIMIT, TEXT_LIMITS } from './planFields.ts';
import { readSyncPlan } from './readSyncPlan.ts';
import type { SyncService } from './SyncService.ts';
import { whyNotManaged } from './scope.ts';
import { driftPolicyOf, SYNC_SETTINGS, type SyncSettings, sourceOf } from './syncSettings.ts';

const SHOWN = 200;

interface Named {
  readonly userId: string;
  readonly name: string;
}

interface Managed {
  readonly person: Named;
  readonly reason: ReturnType<typeof whyNotManaged>;
}

const byName = (one: Named, other: Named): number => one.name.localeCompare(other.name);

/** Every linked person, as a function of the settings. */
async function readLinked(platform: Platform): Promise<(settings: SyncSettings) => readonly Managed[]> {
  const rows = await platform.database
    .selectFrom('directory_user')
    .innerJoin('link', 'link.user_id', 'directory_user.id')
    .selectAll('directory_user')
    .execute();
  const users = rows.map(userFromRow);
  return ({ scope }) =>
    users.map((user) => ({
      person: { userId: user.id, name: user.displayName || user.userName },
      reason: whyNotManaged(user, scope),
    }));
}

async function nameExcluded(platform: Platform, ids: readonly string[]): Promise<Named[]> {
  if (ids.length === 0) return [];
  const rows = await platform.database
    .selectFrom('directory_user')
    .select(['id', 'display_name', 'user_name'])
    .where('id', 'in', [...ids])
    .execute();
  return rows.map((row) => ({ userId: row.id, name: row.display_name || row.user_name })).sort(byName);
}

function presentMap(settings: SyncSettings): SyncSettingsView['map'] {
  return mappedFields.map((field: MappedField) => {
    const source = sourceOf(settings, field) ?? MAP_OFF;
    return {
      field,
      source,
      choices: [...attributeSources[field], MAP_OFF],
      isStandard: source === attributeSources[field][0],
      policy: driftPolicyOf(settings, field),
      limit: field === 'businessPhones' ? PHONE_LIMIT : TEXT_LIMITS[field],
    };
  });
}

async function present(
  platform: Platform,
  settings: SyncSettings,
  everybody: readonly Managed[],
): Promise<SyncSettingsView> {
  const { excluded, ...scope } = settings.scope;
  const left = everybody
    .flatMap(({ person, reason }) => (reason === undefined ? [] : [{ ...person, reason }]))
    .sort(byName);
  return {
    scope: { ...scope, excluded: await nameExcluded(platform, excluded) },
    map: presentMap(settings),
    nightly: { hour: settings.nightlyHour, lastAt: (await readLastComparison(platform)) ?? null },
    managed: everybody.length - left.length,
    notManaged: left.slice(0, SHOWN),
    notManagedTotal: left.length,
  };
}

export async function readSyncSettings(platform: Platform, sync: SyncService): Promise<SyncSettingsView> {
  const [settings, linked] = await Promise.all([sync.reader.settings(), readLinked(platform)]);
  return present(platform, settings, linked(settings));
}

/** The settings with the change in them. Pure. */
function applySettingsChange(before: SyncSettings, change: SyncSettingsChange): SyncSettings {
  const { units, groups, rules, exclude = [], include = [], map, drift, nightlyHour } = change;
  const excluded = new Set([...before.scope.excluded, ...exclude]);
  for (const id of include) excluded.delete(id);
  // What is the standard anyway is not kept, so that a later standard counts.
  const chosen = Object.entries({ ...before.map, ...map }).filter(
    ([field, source]) => source !== undefined && source !== attributeSources[field as MappedField][0],
  );
  return {
    ...before,
    scope: {
      units: units ?? before.scope.units,
      groups: groups ?? before.scope.groups,
      rules: rules ?? before.scope.rules,
      excluded: [...excluded],
    },
    map: Object.fromEntries(chosen),
    drift: { ...before.drift, ...drift },
    nightlyHour: nightlyHour === undefined ? before.nightlyHour : nightlyHour,
  };
}

/** What the audit log says of it; long lists by their length. */
function describe(settings: SyncSettings): Readonly<Record<string, string>> {
  const { units, groups, rules, excluded } = settings.scope;
  return {
    units: units.join('; '),
    groups: groups.join('; '),
    rules: rules.map(({ attribute, operator, value }) => `${attribute} ${operator} ${value}`).join('; '),
    excluded: String(excluded.length),
    map: mappedFields.map((field) => `${field}=${sourceOf(settings, field) ?? MAP_OFF}`).join('; '),
    ...Object.fromEntries(managedFields.map((field) => [`drift.${field}`, driftPolicyOf(settings, field)])),
    nightlyHour: settings.nightlyHour === null ? 'never' : String(settings.nightlyHour),
  };
}

async function save(
  platform: Platform,
  settings: { readonly before: SyncSettings; readonly after: SyncSettings },
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<boolean> {
  const before = describe(settings.before);
  const changes = Object.entries(describe(settings.after)).flatMap(([field, after]) =>
    before[field] === after ? [] : [{ field, before: before[field] ?? null, after }],
  );
  const isSame = JSON.stringify(settings.before) === JSON.stringify(settings.after);
  if (isSame) return false;
  await platform.settings.put(SYNC_SETTINGS, settings.after);
  await platform.audit.record({
    actor: by.actor.userName,
    address: by.actor.address,
    action: 'sync.settings',
    sentence: 'Changed whom and what the synchronization manages',
    changes,
    result: 'done',
    requestId: by.requestId,
  });
  return true;
}

/** Tells what the change does, and makes it unless it is a dry run. Leaving the scope changes nothing online. */
export async function changeSyncSettings(
  platform: Platform,
  sync: SyncService,
  request: { readonly change: SyncSettingsChange; readonly dryRun: boolean },
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<SyncSettingsResult> {
  const [before, linked] = await Promise.all([sync.reader.settings(), readLinked(platform)]);
  const after = applySettingsChange(before, request.change);
  const was = linked(before);
  const will = linked(after);
  const crossing = (from: readonly Managed[], to: readonly Managed[]): Named[] =>
    from
      .flatMap(({ person, reason }, index) => (reason === undefined && to[index]?.reason !== undefined ? [person] : []))
      .sort(byName);
  const effect = {
    entering: crossing(will, was),
    leaving: crossing(was, will),
    plan: await readSyncPlan(platform, sync, after),
  };
  if (!request.dryRun && (await save(platform, { before, after }, by))) sync.settingsChanged();
  return { settings: await present(platform, after, will), effect };
}
