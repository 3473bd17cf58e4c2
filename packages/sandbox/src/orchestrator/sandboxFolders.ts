import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface SandboxFolders {
  readonly root: string;
  readonly domain: string;
  readonly emulator: string;
  readonly server: string;
  readonly nameServer: string;
  readonly agent: string;
  /** One file a caught message. */
  readonly mail: string;
  readonly logs: string;
  readonly readyFile: string;
  readonly directoryFile: string;
  readonly settingsFile: string;
  readonly pidFile: string;
  /** Process ids of the parts. */
  readonly partsFile: string;
}

/** `.isthmus/sandbox` of the checkout: everything the sandbox keeps. */
export function sandboxFolders(stateFolder: string): SandboxFolders {
  const root = join(stateFolder, 'sandbox');
  return {
    root,
    domain: join(root, 'domain'),
    emulator: join(root, 'emulator'),
    server: join(root, 'server'),
    nameServer: join(root, 'name-server'),
    agent: join(root, 'agent'),
    mail: join(root, 'mail'),
    logs: join(root, 'logs'),
    readyFile: join(root, 'ready.json'),
    directoryFile: join(root, 'directory.json'),
    settingsFile: join(root, 'settings.json'),
    pidFile: join(root, 'sandbox.pid'),
    partsFile: join(root, 'parts'),
  };
}

export async function makeSandboxFolders(stateFolder: string, folders: SandboxFolders): Promise<void> {
  const { root, emulator, server, agent, mail, logs } = folders;
  for (const folder of [stateFolder, root, emulator, server, agent, mail, logs]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  }
}
