import { DomainError } from '@isthmus/kernel';
import { z } from 'zod';
import type { WorldName } from '../worlds/World.ts';
import { choosePorts, PORT_NAMES, type Ports } from './choosePorts.ts';
import { readJsonFile, writePrivateJson } from './privateFile.ts';
import type { SandboxFolders } from './sandboxFolders.ts';

const settingsSchema = z.object({
  world: z.enum(['empty', 'contoso-small', 'contoso-10k']),
  ports: z.partialRecord(z.enum(PORT_NAMES), z.number()),
});

export interface WantedSettings {
  /** Undefined: what it was, at first contoso-small. */
  readonly world: WorldName | undefined;
  readonly ports: Partial<Ports>;
}

export interface SandboxSettings {
  readonly world: WorldName;
  readonly ports: Ports;
  readonly remarks: readonly string[];
}

/** Joins what was asked for with what the last start used, and remembers the outcome for the next one. */
export async function settleSettings(folders: SandboxFolders, wanted: WantedSettings): Promise<SandboxSettings> {
  const last = await readJsonFile(folders.settingsFile, settingsSchema);
  if (last !== undefined && wanted.world !== undefined && wanted.world !== last.world) {
    throw new DomainError({
      code: 'sandbox.other-world',
      message: `The sandbox holds the world "${last.world}", not "${wanted.world}".`,
      remedy: 'Throw it away first with "npm run sandbox:reset".',
    });
  }
  const world = wanted.world ?? last?.world ?? 'contoso-small';
  const { ports, remarks } = await choosePorts(wanted.ports, last?.ports ?? {});
  await writePrivateJson(folders.settingsFile, { world, ports });
  return { world, ports, remarks };
}
