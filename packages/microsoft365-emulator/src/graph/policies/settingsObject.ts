import type { Properties, PropertyValue } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { GraphCall } from '../GraphCall.ts';

type Values = Readonly<Record<string, PropertyValue>>;

/** A settings object that every tenant has once: what was changed of it, over what it starts with. */
export function readSettingsObject(tenant: Tenant, name: string, presets: object): Values {
  const changed = tenant.directory.settingsObjects.get(name)?.properties ?? {};
  return merge(presets as Properties, changed);
}

/** Changes a settings object; parts of parts are merged. */
export function changeSettingsObject({ tenant, world }: GraphCall, name: string, change: Properties): void {
  const { settingsObjects } = tenant.directory;
  const properties = merge(settingsObjects.get(name)?.properties ?? {}, change);
  world.transaction(() => settingsObjects.put({ id: name, properties }));
}

function merge(base: Properties, change: Properties): Values {
  const merged: Record<string, PropertyValue> = {};
  for (const name of new Set([...Object.keys(base), ...Object.keys(change)])) {
    const before = base[name] ?? null;
    const after = change[name];
    if (after === undefined) merged[name] = before;
    else merged[name] = isObject(before) && isObject(after) ? merge(before, after) : after;
  }
  return merged;
}

function isObject(value: PropertyValue): value is { [name: string]: PropertyValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
