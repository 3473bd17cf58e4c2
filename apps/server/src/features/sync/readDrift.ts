import { type Drift, managedFields } from '@isthmus/contracts';
import type { Platform } from '../../composition/Platform.ts';
import { findDiffering } from './findDiffering.ts';
import { findDrift } from './findDrift.ts';
import type { PlanReader } from './PlanReader.ts';
import { inScope } from './scope.ts';
import { driftPolicyOf, standardPolicyOf } from './syncSettings.ts';

const SHOWN = 200;

/** Who differs, and the policy of every field. */
export async function readDrift(platform: Platform, reader: PlanReader): Promise<Drift> {
  const now = platform.clock.now();
  const settings = await reader.settings();
  const differing = await findDiffering(platform.database, now, settings);
  const people = (await reader.people(differing))
    .filter((person) => inScope(person.user, settings.scope))
    .map((person) => ({
      userId: person.user.id,
      name: person.user.displayName || person.user.userName,
      differences: findDrift(person, now, settings),
    }))
    .filter(({ differences }) => differences.length > 0)
    .sort((one, other) => one.name.localeCompare(other.name));
  const policies = managedFields.map((field) => {
    const policy = driftPolicyOf(settings, field);
    return { field, policy, isStandard: policy === standardPolicyOf(field) };
  });
  return { policies, people: people.slice(0, SHOWN), total: people.length };
}
