import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SambaDomainController } from './domain-controller/SambaDomainController.ts';
import { startSambaDomainController } from './domain-controller/startSambaDomainController.ts';
import type { WorldName } from './worlds/World.ts';

/** A domain of its own for a test: seconds to start, thrown away when it ends. */
export function startTestDomainController(world: WorldName = 'empty'): Promise<SambaDomainController> {
  return startSambaDomainController({ folder: join(tmpdir(), `isthmus-test-${randomUUID()}`), world, throwAway: true });
}
