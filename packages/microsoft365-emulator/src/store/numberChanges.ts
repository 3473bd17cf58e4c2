import type { Properties } from './records.ts';

interface Tracked {
  readonly properties: Properties;
  /** Number of the change that last touched each property. */
  readonly changed: Readonly<Record<string, number>>;
}

/**
 * The change numbers of an object's properties after a change. `others` names what changed besides what can be seen by
 * comparing the properties.
 */
export function numberChanges(
  previous: Tracked | undefined,
  properties: Properties,
  changeNumber: number,
  others: readonly string[] = [],
): Record<string, number> {
  const changed: Record<string, number> = { ...previous?.changed };
  const names = new Set([...Object.keys(properties), ...Object.keys(previous?.properties ?? {})]);
  for (const name of names) {
    if (!isSame(properties[name], previous?.properties[name])) changed[name] = changeNumber;
  }
  for (const name of others) changed[name] = changeNumber;
  return changed;
}

function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return JSON.stringify(one) === JSON.stringify(other);
}
