import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import type { SambaDomainController } from '../domain-controller/SambaDomainController.ts';
import type { Part } from './Part.ts';
import { writePrivateFile } from './privateFile.ts';
import type { SandboxParts } from './SandboxParts.ts';
import type { RunningEmulator } from './startEmulator.ts';
import type { RunningNameServer } from './startNameServer.ts';
import { startProcess } from './startProcess.ts';

const READY_MS = 120_000;
const readySchema = z.object({ url: z.string() });

export interface RunningServer extends Part {
  readonly url: string;
  readonly caFile: string;
  /** What the agent seals captured passwords to. */
  readonly publicKeyFile: string;
}

export interface ServerSurroundings {
  readonly controller: SambaDomainController;
  readonly emulator: RunningEmulator;
  readonly nameServer: RunningNameServer;
  /** Where the agent hands over captured passwords. */
  readonly agentSocket: string;
}

async function writeConfiguration(parts: SandboxParts, surroundings: ServerSurroundings): Promise<string> {
  const { folders, ports } = parts;
  const { controller, emulator, nameServer } = surroundings;
  const { guide } = controller;
  const bindPasswordFile = join(folders.server, 'service-account-password');
  await writePrivateFile(bindPasswordFile, guide.serviceAccount?.password ?? '');
  const configuration = {
    dataFolder: join(folders.server, 'data'),
    lifeline: 'stdin',
    listen: { host: '127.0.0.1', port: ports.dashboard },
    cloud: { kind: 'custom', loginUrl: emulator.url, graphUrl: emulator.url, caFile: emulator.caFile },
    dns: { resolver: nameServer.address, serverPort: ports.nameServer, directoryServer: controller.dnsServer },
    directory: {
      urls: [controller.ldapsUrl],
      caFile: controller.caFile,
      baseDn: controller.baseDn,
      realm: controller.realm,
      bindDn: guide.serviceAccount?.dn,
      bindPasswordFile,
      administratorsGroup: guide.administratorsGroup,
      helpDeskGroup: guide.helpDeskGroup,
      managedOu: guide.managedOu,
    },
    agent: { socketPath: surroundings.agentSocket },
  };
  const file = join(folders.server, 'isthmus.yaml');
  await writePrivateFile(file, stringify(configuration));
  return file;
}

export async function startServer(parts: SandboxParts, surroundings: ServerSurroundings): Promise<RunningServer> {
  const { repository, folders, record } = parts;
  await mkdir(join(folders.server, 'data'), { recursive: true, mode: 0o700 });
  const configurationFile = await writeConfiguration(parts, surroundings);
  const started = await startProcess({
    name: 'The server',
    command: [process.execPath, join(repository, 'apps', 'server', 'src', 'main.ts')],
    cwd: repository,
    env: { ISTHMUS_CONFIG: configurationFile },
    logFile: join(folders.logs, 'server.log'),
    onSpawn: record,
    readyWithinMs: READY_MS,
  });
  const { url } = readySchema.parse(started.ready);
  const data = join(folders.server, 'data');
  return {
    ...started,
    url,
    caFile: join(data, 'tls', 'ca.pem'),
    publicKeyFile: join(data, 'keys', 'password-sealing.pub'),
  };
}
