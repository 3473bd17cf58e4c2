import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DomainError } from '@isthmus/kernel';
import { z } from 'zod';
import { withSystemFolders } from '../runCommand.ts';
import type { ControllerPorts } from './SambaDomainController.ts';

const LAUNCHER = join(import.meta.dirname, 'launch.py');
const STOP_MS = 15_000;

export interface LaunchRequest {
  readonly smbConf: string;
  readonly processModel: 'single' | 'prefork';
  readonly logFile: string;
  /** Held as long as the controller runs, so that two never work on one folder. */
  readonly lockFile: string;
  readonly keyRings: readonly string[];
  /** Folders the launcher removes when it ends, because it outlives even a killed parent. */
  readonly removeAtEnd: readonly string[];
  readonly isolate: boolean;
  readonly address: string;
  readonly ports: Partial<ControllerPorts>;
  readonly env: NodeJS.ProcessEnv;
}

export interface LaunchedSamba {
  readonly pid: number;
  readonly launcherPid: number;
  /** False where Samba shares the machine's network, on a loopback address of its own. */
  readonly isIsolated: boolean;
  readonly ports: ControllerPorts;
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  stop(): Promise<void>;
}

const portsSchema = z.object({
  ldaps: z.number(),
  ldap: z.number(),
  kerberos: z.number(),
  kpasswd: z.number(),
  dns: z.number(),
});

const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('listening'), ports: portsSchema }),
  z.object({ event: z.literal('started'), pid: z.number() }),
  z.object({ event: z.literal('refused'), reason: z.string(), detail: z.string(), port: z.number().optional() }),
]);
type Refusal = { readonly reason: string; readonly detail: string; readonly port?: number | undefined };

function relays(ports: Partial<ControllerPorts>): object[] {
  const relay = (name: keyof ControllerPorts, target: number): object => ({ name, target, port: ports[name] ?? 0 });
  return [
    relay('ldaps', 636),
    relay('ldap', 389),
    relay('kerberos', 88),
    relay('kpasswd', 464),
    { ...relay('dns', 53), datagrams: true },
  ];
}

function refusalError({ reason, detail, port }: Refusal): DomainError {
  switch (reason) {
    case 'port-taken':
      return new DomainError({
        code: 'sandbox.port-taken',
        message: `Port ${port} on 127.0.0.1 is taken, and the domain controller was told to use it.`,
        remedy: 'End the other program, or start with another port.',
        parameters: { port: port ?? 0 },
      });
    case 'in-use':
      return new DomainError({
        code: 'sandbox.controller-running',
        message: 'Another domain controller is running on the same folder.',
        remedy: 'Stop it first.',
      });
    case 'no-namespace':
      return new DomainError({
        code: 'sandbox.no-namespace',
        message: `This machine refuses network namespaces (${detail}), which the domain controller needs.`,
        remedy: 'Allow them: sudo sysctl kernel.unprivileged_userns_clone=1 (in a container: run as root).',
      });
    default:
      return new DomainError({
        code: 'sandbox.samba-missing',
        message: `Samba could not be started: ${detail}`,
        remedy: 'Install the packages samba, samba-ad-provision and samba-dsdb-modules.',
      });
  }
}

async function endedEarly(logFile: string): Promise<DomainError> {
  const log = await readFile(logFile, 'utf8').catch(() => '');
  const tail = log.trim().split('\n').slice(-5).join('\n');
  return new DomainError({
    code: 'sandbox.samba-ended',
    message: `The domain controller ended while it started. Its log says:\n${tail}`,
    remedy: `Look into ${logFile}.`,
  });
}

function stopper(child: ChildProcess, ended: Promise<void>): () => Promise<void> {
  return async () => {
    child.stdin?.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
  };
}

/** Starts the launcher, which starts Samba; both end when this process ends. */
export async function launchSamba(request: LaunchRequest): Promise<LaunchedSamba> {
  const { env, ports, ...rest } = request;
  const argument = JSON.stringify({ ...rest, relays: relays(ports) });
  const child = spawn('/usr/bin/python3', ['-I', LAUNCHER, argument], {
    env: withSystemFolders(env),
    stdio: ['pipe', 'pipe', 'inherit'],
    // Its own session: Ctrl+C in a terminal reaches only the parent, which stops its parts in order.
    detached: true,
  });
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      isOver = true;
      resolve();
    });
  });
  const failedToSpawn = new Promise<never>((_, reject) => child.once('error', reject));
  child.stdin.on('error', () => undefined);
  const started = await Promise.race([readStart(child), failedToSpawn]);
  if (started === undefined) throw await endedEarly(request.logFile);
  return {
    ...started,
    launcherPid: child.pid ?? 0,
    isIsolated: request.isolate,
    ended,
    hasEnded: () => isOver,
    stop: stopper(child, ended),
  };
}

async function readStart(child: ChildProcess): Promise<{ pid: number; ports: ControllerPorts } | undefined> {
  if (child.stdout === null) return undefined;
  let ports: ControllerPorts | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const message = eventSchema.parse(JSON.parse(line));
    if (message.event === 'refused') throw refusalError(message);
    if (message.event === 'listening') ports = message.ports;
    if (message.event === 'started' && ports !== undefined) return { pid: message.pid, ports };
  }
  return undefined;
}
