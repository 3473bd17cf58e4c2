import { createServer } from 'node:net';
import { DomainError } from '@isthmus/kernel';

/** Where the sandbox is reached when nothing else was asked for and nothing else is there. */
const DEFAULT_PORTS = {
  dashboard: 8443,
  emulator: 8444,
  ldaps: 10636,
  ldap: 10389,
  kerberos: 10088,
  kpasswd: 10464,
  dns: 10053,
  nameServer: 11053,
  mail: 10025,
} as const;

export type PortName = keyof typeof DEFAULT_PORTS;
export type Ports = Readonly<Record<PortName, number>>;

export const PORT_NAMES = Object.keys(DEFAULT_PORTS) as readonly PortName[];

/** The ports that people type; the others are read from files. */
const ADDRESSES: ReadonlySet<PortName> = new Set(['dashboard', 'emulator']);
const PORTS_TRIED = 200;
const HIGHEST_PORT = 65_535;

function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

async function nextFreePort(wanted: number, taken: ReadonlySet<number>): Promise<number> {
  for (let port = wanted; port < wanted + PORTS_TRIED && port <= HIGHEST_PORT; port += 1) {
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
  throw portTaken(wanted, `No port from ${wanted} on is free.`);
}

function portTaken(port: number, message: string): DomainError {
  return new DomainError({
    code: 'sandbox.port-taken',
    message,
    remedy: 'End the other program, or choose another port with --dashboard-port or --emulator-port.',
    parameters: { port },
  });
}

export interface PortChoice {
  readonly ports: Ports;
  /** Sentences about ports that are not the usual or the last ones. */
  readonly remarks: readonly string[];
}

/** A port that was asked for has to be free; otherwise the last one, or the usual one, or the next free one after it. */
export async function choosePorts(asked: Partial<Ports>, remembered: Partial<Ports>): Promise<PortChoice> {
  const wanted: Ports = { ...DEFAULT_PORTS, ...remembered, ...asked };
  const ports = { ...wanted };
  const remarks: string[] = [];
  const taken = new Set(Object.values(wanted));
  for (const name of PORT_NAMES) {
    if (await isPortFree(wanted[name])) continue;
    if (asked[name] !== undefined) throw portTaken(wanted[name], `Port ${wanted[name]} for the ${name} is taken.`);
    ports[name] = await nextFreePort(wanted[name], taken);
    taken.add(ports[name]);
    if (ADDRESSES.has(name))
      remarks.push(`Port ${wanted[name]} is taken by another program: the ${name} uses ${ports[name]}.`);
  }
  return { ports, remarks };
}
