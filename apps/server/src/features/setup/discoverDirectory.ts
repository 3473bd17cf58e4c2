import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { Notice } from '@isthmus/contracts';
import { discoverDomainControllers } from '@isthmus/directory';
import { noticeOf } from '../jobs/index.ts';

const LDAPS_PORT = 636;
const TIMEOUT_MS = 2_000;

interface FoundServer {
  host: string;
  addresses: string[];
  latencyMs: number | null;
}

function measureLatency(host: string): Promise<number | null> {
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host, port: LDAPS_PORT, timeout: TIMEOUT_MS });
    const answer = (latency: number | null): void => {
      socket.destroy();
      resolve(latency);
    };
    socket.once('connect', () => answer(Math.round((performance.now() - began) * 10) / 10));
    socket.once('timeout', () => answer(null));
    socket.once('error', () => answer(null));
  });
}

async function look(host: string): Promise<FoundServer> {
  const addresses = await lookup(host, { all: true }).catch(() => []);
  const latencyMs = addresses.length === 0 ? null : await measureLatency(host);
  return { host, addresses: addresses.map(({ address }) => address), latencyMs };
}

/** The domain controllers that DNS names, and how far away each one is. */
export async function discoverDirectory(
  domainName: string,
): Promise<{ servers: FoundServer[]; problem: Notice | null }> {
  try {
    const controllers = await discoverDomainControllers(domainName);
    return { servers: await Promise.all(controllers.map(({ host }) => look(host))), problem: null };
  } catch (error) {
    return { servers: [], problem: noticeOf(error) };
  }
}
