import { DomainError } from '@isthmus/kernel';
import type { SambaDomainController } from '../domain-controller/SambaDomainController.ts';
import { writePrivateJson } from './privateFile.ts';
import type { SandboxFolders } from './sandboxFolders.ts';
import type { RunningEmulator } from './startEmulator.ts';
import type { RunningNameServer } from './startNameServer.ts';
import type { RunningServer } from './startServer.ts';

export interface RunningParts {
  readonly controller: SambaDomainController;
  readonly emulator: RunningEmulator;
  readonly server: RunningServer;
  readonly nameServer: RunningNameServer;
  readonly mail: { readonly server: string; readonly port: number; readonly folder: string };
}

/** `ready.json` tells programs how to use the sandbox; `directory.json` adds what only a domain administrator knows. */
export async function writeReadyFiles(folders: SandboxFolders, parts: RunningParts): Promise<{ userName: string }> {
  const { controller, emulator, nameServer, server, mail } = parts;
  const { administrator, guide } = controller;
  const person = guide.dashboardAdministrator;
  if (person?.password === undefined) {
    throw new DomainError({
      code: 'sandbox.nobody-to-sign-in',
      message: 'The seeded world has no administrator for the dashboard.',
      remedy: 'Start with the world contoso-small.',
    });
  }
  const { ldapsUrl, caFile, baseDn, realm, krb5ConfigFile } = controller;
  await writePrivateJson(folders.directoryFile, {
    ldapsUrl,
    caFile,
    baseDn,
    realm,
    krb5ConfigFile,
    administrator,
    guide,
  });
  await writePrivateJson(folders.readyFile, {
    dashboard: { url: server.url, caFile: server.caFile, username: person.userName, password: person.password },
    emulator: {
      url: emulator.url,
      caFile: emulator.caFile,
      tenantId: emulator.tenantId,
      initialDomain: emulator.initialDomain,
      administrator: emulator.administrator,
    },
    directory: { ldapsUrl, caFile, baseDn, realm },
    practiceDomain: { name: nameServer.zone, nameServer: nameServer.address, keyFile: nameServer.keyFile },
    mail,
  });
  return { userName: person.userName };
}
