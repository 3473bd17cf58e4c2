import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DnsClient } from '../client/DnsClient.ts';
import type { DnsServerAddress } from '../client/DnsServerAddress.ts';

/** A zone as a test wants it: lines of a zone file, names relative to the zone. */
export interface TestZone {
  readonly zone: string;
  readonly lines?: readonly string[];
}

const STARTS_WITHIN_MS = 20_000;
const ENDS_WITHIN_MS = 3_000;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new TypeError('No port was given');
  return address.port;
}

export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'isthmus-dns-'));
}

/** The name server itself has the address of the machine, so that it is found as it would be in the world. */
export function zoneFile({ zone, lines = [] }: TestZone): string {
  return [
    '$TTL 60',
    `@ IN SOA ns1.${zone}. hostmaster.${zone}. 1 3600 600 86400 1`,
    `@ IN NS ns1.${zone}.`,
    'ns1 IN A 127.0.0.1',
    ...lines,
    '',
  ].join('\n');
}

/** Starts a name server and waits until it answers for the zone. */
export async function startProcess(
  command: readonly [string, ...string[]],
  { server, zone, folder }: { readonly server: DnsServerAddress; readonly zone: string; readonly folder: string },
): Promise<() => Promise<void>> {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const failed = new Promise<never>((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${program} ended (${code}): ${output.slice(-2000)}`)));
  });
  failed.catch(() => undefined);
  await Promise.race([failed, untilAnswering(server, zone)]);
  return async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
}

async function untilAnswering(server: DnsServerAddress, zone: string): Promise<void> {
  const client = new DnsClient({ server, timeoutMs: 500 });
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while ((await client.askNameServers(zone)).kind !== 'answered') {
    if (Date.now() > deadline) throw new Error(`The name server for ${zone} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
  await ended;
  clearTimeout(timer);
}
