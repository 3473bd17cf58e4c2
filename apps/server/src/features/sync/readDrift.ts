import { type Drift, managedFields } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { findDiffering } from './findDiffering.ts';
import { findDrift } from './findDrift.ts';
import type { PlanReader } from './PlanReader.ts';
import { driftPolicyOf, standardPolicyOf } from './syncSettings.ts';

const SHOWN = 200;

/** Who differs, and the policy of every field. */
export async function readDrift(platform: Platform, reader: PlanReader): Promise<Drift> {
  const now = platform.clock.now();
  const [settings, differing] = await Promise.all([reader.settings(), findDiffering(platform.database, now)]);
  const people = (await reader.people(differing))
    .map((person) => ({
      userId: person.user.id,
      name: person.user.displayName || person.user.userName,
      differences: findDrift(person, now),
    }))
    .filter(({ differences }) => differences.length > 0)
    .sort((one, other) => one.name.localeCompare(other.name));
  const policies = managedFields.map((field) => {
    const policy = driftPolicyOf(settings, field);
    return { field, policy, isStandard: policy === standardPolicyOf(field) };
  });
  return { policies, people: people.slice(0, SHOWN), total: people.length };
}
