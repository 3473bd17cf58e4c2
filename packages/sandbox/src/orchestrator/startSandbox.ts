import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SambaDomainController } from '../domain-controller/SambaDomainController.ts';
import { startSambaDomainController } from '../domain-controller/startSambaDomainController.ts';
import { LONGEST_SOCKET_PATH, makeShortPath } from '../shortPath.ts';
import type { WorldName } from '../worlds/World.ts';
import { recordProcess, waitForLeftovers } from './leftovers.ts';
import { claimSandbox } from './onlyOneSandbox.ts';
import type { Part } from './Part.ts';
import type { SandboxParts } from './SandboxParts.ts';
import { makeSandboxFolders, type SandboxFolders, sandboxFolders } from './sandboxFolders.ts';
import { settleSettings, type WantedSettings } from './sandboxSettings.ts';
import { startAgent } from './startAgent.ts';
import { startEmulator } from './startEmulator.ts';
import { startMailCatcher } from './startMailCatcher.ts';
import { type RunningNameServer, startNameServer } from './startNameServer.ts';
import { startServer } from './startServer.ts';
import { type Supervised, supervise } from './supervise.ts';
import { writeReadyFiles } from './writeReadyFiles.ts';

export interface SandboxOptions extends WantedSettings {
  /** Root of the checkout. */
  readonly repository: string;
  /** Usually `.isthmus` in the checkout. */
  readonly stateFolder: string;
  /** Takes lines about what is going on. */
  readonly say: (line: string) => void;
  /** Runs a piece of work and tells how long it took. */
  readonly step: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

export interface Sandbox {
  readonly dashboardUrl: string;
  readonly userName: string;
  readonly readyFile: string;
  readonly krb5ConfigFile: string;
  /** A domain to practice with, and the key that may write to its zone. */
  readonly practice: { readonly domain: string; readonly nameServer: string; readonly keyFile: string };
  /** A mail server to practice with; it delivers to a folder. */
  readonly mail: { readonly server: string; readonly port: number; readonly folder: string };
  /** Rejects when a part could not be kept alive; never resolves. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

type Keep = <T extends Part>(
  title: string,
  start: () => Promise<T>,
  restarted?: () => Promise<void>,
) => Promise<Supervised<T>>;

/** What has to be undone at the end, last first. */
type Cleanups = (() => Promise<void>)[];

async function runCleanups(cleanups: Cleanups): Promise<void> {
  for (let work = cleanups.pop(); work !== undefined; work = cleanups.pop()) await work();
}

/** Brings up directory, emulator, server and agent; after a failure nothing is left running. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const cleanups: Cleanups = [];
  const stop = (): Promise<void> => runCleanups(cleanups);
  try {
    const { parts, world } = await prepare(options, cleanups);
    return { ...(await startParts(options, parts, world, cleanups)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepare(
  options: SandboxOptions,
  cleanups: Cleanups,
): Promise<{ parts: SandboxParts; world: WorldName }> {
  const { repository, stateFolder, say } = options;
  const folders = sandboxFolders(stateFolder);
  await makeSandboxFolders(stateFolder, folders);
  cleanups.push(await claimSandbox(folders));
  await waitForLeftovers(folders.partsFile);
  const { world, ports, remarks } = await settleSettings(folders, options);
  for (const remark of remarks) say(remark);
  const removeReadyFile = (): Promise<void> => rm(folders.readyFile, { force: true });
  await removeReadyFile();
  cleanups.push(removeReadyFile);
  const record = (pid: number): Promise<void> => recordProcess(folders.partsFile, pid);
  return { parts: { repository, folders, ports, record }, world };
}

async function startParts(
  options: SandboxOptions,
  parts: SandboxParts,
  world: WorldName,
  cleanups: Cleanups,
): Promise<Omit<Sandbox, 'stop'>> {
  const { say, step } = options;
  const { folders } = parts;
  const failures: Promise<never>[] = [];
  const keep: Keep = async (title, start, restarted) => {
    const part = await step(title, () => supervise({ start, say, restarted }));
    cleanups.push(() => part.stop());
    failures.push(part.failed);
    return part;
  };
  let recycleAgent = (): Promise<void> => Promise.resolve();
  const [directory, { nameServer, emulator }] = await allOrError(
    // A controller that is started again has another private socket, which only a restarted agent knows.
    keep(
      'Starting the domain controller',
      () => startController(parts, world),
      () => recycleAgent(),
    ),
    keep('Starting the name server', () => startNameServer(parts)).then(async (nameServer) => ({
      nameServer,
      emulator: await keep('Starting the Microsoft 365 emulator', () => startEmulator(parts, nameServer.current())),
    })),
  );
  const catcher = await keep('Starting the mail catcher', () => startMailCatcher(parts));
  const { server: mailServer, port, folder } = catcher.current();
  const mail = { server: mailServer, port, folder };
  const agentSocket = await placeAgentSocket(folders, cleanups);
  const running = () => ({
    controller: directory.current(),
    emulator: emulator.current(),
    nameServer: nameServer.current(),
    agentSocket,
  });
  const server = await keep('Starting the server', () => startServer(parts, running()));
  const agent = await keep('Starting the password agent', () => {
    const { publicKeyFile } = server.current();
    return startAgent(parts, { ...running(), publicKeyFile });
  });
  recycleAgent = agent.recycle;
  const { userName } = await writeReadyFiles(folders, { ...running(), server: server.current(), mail });
  return {
    dashboardUrl: server.current().url,
    userName,
    readyFile: folders.readyFile,
    krb5ConfigFile: directory.current().krb5ConfigFile,
    practice: practiceOf(nameServer.current()),
    mail,
    failed: Promise.race(failures),
  };
}

async function placeAgentSocket(folders: SandboxFolders, cleanups: Cleanups): Promise<string> {
  const usual = join(folders.root, 'agent.sock');
  if (usual.length <= LONGEST_SOCKET_PATH) return usual;
  const short = await makeShortPath(folders.root);
  cleanups.push(short.remove);
  return join(short.path, 'agent.sock');
}

async function startController(parts: SandboxParts, world: WorldName): Promise<SambaDomainController & Part> {
  const controller = await startSambaDomainController({
    folder: parts.folders.domain,
    world,
    durable: true,
    ports: parts.ports,
  });
  await parts.record(controller.launcherPid);
  return { ...controller, name: 'The domain controller' };
}

/** Both, or the first error once neither is in the middle of starting. */
async function allOrError<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

function practiceOf({ zone, address, keyFile }: RunningNameServer): Sandbox['practice'] {
  return { domain: zone, nameServer: address, keyFile };
}
