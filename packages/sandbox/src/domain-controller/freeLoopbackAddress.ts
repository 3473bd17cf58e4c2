import { createServer } from 'node:net';
import { DomainError } from '@isthmus/kernel';

const LDAPS_PORT = 636;
const FIRST = 2;
const LAST = 250;

function isFree(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(LDAPS_PORT, address, () => probe.close(() => resolve(true)));
  });
}

/** A loopback address on which nothing serves LDAPS. */
export async function freeLoopbackAddress(): Promise<string> {
  const start = FIRST + (process.pid % (LAST - FIRST));
  for (let offset = 0; offset < LAST - FIRST; offset += 1) {
    const address = `127.0.0.${FIRST + ((start - FIRST + offset) % (LAST - FIRST))}`;
    if (await isFree(address)) return address;
  }
  throw new DomainError({
    code: 'sandbox.no-loopback-address',
    message: 'No loopback address has a free LDAPS port.',
    remedy: 'End other directory servers, or allow network namespaces.',
  });
}
