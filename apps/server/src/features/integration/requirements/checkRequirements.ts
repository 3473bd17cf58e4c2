import type { Check } from '@isthmus/contracts';
import { checkCloud } from './checkCloud.ts';
import { checkDirectory } from './checkDirectory.ts';
import { checkServer } from './checkServer.ts';
import type { RequirementParts } from './RequirementParts.ts';

/** Everything the integration needs, each with state and remedy; `ready` when nothing failed. */
export async function checkRequirements(
  parts: RequirementParts,
): Promise<{ readonly checks: Check[]; readonly ready: boolean }> {
  const groups = await Promise.all([checkDirectory(parts), checkCloud(parts), checkServer(parts)]);
  const checks = groups.flat();
  return { checks, ready: checks.every((entry) => entry.state !== 'failed') };
}
