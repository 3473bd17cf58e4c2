import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SambaDomainController } from '../domain-controller/SambaDomainController.ts';
import type { Part } from './Part.ts';
import { writePrivateFile } from './privateFile.ts';
import type { SandboxParts } from './SandboxParts.ts';
import { startProcess } from './startProcess.ts';

const READY_MS = 60_000;

export interface AgentSurroundings {
  readonly controller: SambaDomainController;
  readonly agentSocket: string;
  /** Public key of the server, which captured passwords are sealed to. */
  readonly publicKeyFile: string;
}

export async function startAgent(parts: SandboxParts, surroundings: AgentSurroundings): Promise<Part> {
  const { repository, folders, record } = parts;
  const { controller, agentSocket, publicKeyFile } = surroundings;
  const configurationFile = join(folders.agent, 'agent.yaml');
  const configuration = {
    lifeline: 'stdin',
    ldapiSocket: controller.privilegedSocket,
    gnupgHome: controller.gnupgHome,
    smbConfFile: controller.smbConfFile,
    stateFolder: join(folders.agent, 'state'),
    server: { socketPath: agentSocket, publicKeyFile },
  };
  await writePrivateFile(configurationFile, stringify(configuration));
  return startProcess({
    name: 'The password agent',
    command: [process.execPath, join(repository, 'apps', 'agent', 'src', 'main.ts'), '--config', configurationFile],
    cwd: repository,
    logFile: join(folders.logs, 'agent.log'),
    onSpawn: record,
    readyWithinMs: READY_MS,
  });
}
