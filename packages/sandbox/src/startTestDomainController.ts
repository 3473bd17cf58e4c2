import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SambaDomainController } from './domain-controller/SambaDomainController.ts';
import { startSambaDomainController } from './domain-controller/startSambaDomainController.ts';
import type { WorldName } from './worlds/World.ts';

/** A domain of its own for a test: seconds to start, thrown away when it is stopped. */
export async function startTestDomainController(world: WorldName = 'empty'): Promise<SambaDomainController> {
  const parent = await mkdtemp(join(tmpdir(), 'isthmus-test-'));
  const removeFolder = (): Promise<void> => rm(parent, { recursive: true, force: true });
  try {
    const controller = await startSambaDomainController({ folder: join(parent, 'domain'), world });
    return {
      ...controller,
      async stop() {
        await controller.stop();
        await removeFolder();
      },
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}
