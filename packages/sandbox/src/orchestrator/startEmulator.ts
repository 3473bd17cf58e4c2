import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Part } from './Part.ts';
import type { SandboxParts } from './SandboxParts.ts';
import type { RunningNameServer } from './startNameServer.ts';
import { startProcess } from './startProcess.ts';

const READY_MS = 60_000;

const readySchema = z.object({
  url: z.string(),
  caFile: z.string(),
  tenantId: z.string(),
  initialDomain: z.string(),
  administrator: z.object({ username: z.string(), passwordFile: z.string() }),
});

export interface RunningEmulator extends Part {
  readonly url: string;
  readonly caFile: string;
  readonly tenantId: string;
  readonly initialDomain: string;
  readonly administrator: { readonly username: string; readonly password: string };
}

export async function startEmulator(
  { repository, folders, ports, record }: SandboxParts,
  nameServer: Pick<RunningNameServer, 'address'>,
): Promise<RunningEmulator> {
  const program = join(repository, 'packages', 'microsoft365-emulator', 'bin', 'microsoft365-emulator.mjs');
  const started = await startProcess({
    name: 'The Microsoft 365 emulator',
    command: [
      process.execPath,
      program,
      'serve',
      ...['--port', String(ports.emulator)],
      ...['--state', folders.emulator],
      ...['--resolver', nameServer.address],
    ],
    cwd: repository,
    logFile: join(folders.logs, 'emulator.log'),
    onSpawn: record,
    readyWithinMs: READY_MS,
  });
  const { administrator, ...ready } = readySchema.parse(started.ready);
  const password = (await readFile(administrator.passwordFile, 'utf8')).trim();
  return { ...started, ...ready, administrator: { username: administrator.username, password } };
}
