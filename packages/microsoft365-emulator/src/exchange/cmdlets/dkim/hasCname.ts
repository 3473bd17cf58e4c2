import { Resolver } from 'node:dns/promises';
import type { Settings } from '../../../settings.ts';

const PATIENCE_MS = 2000;

/** Whether DNS has this CNAME. A server that does not answer is like one that has none. */
export async function hasCname({ exchange }: Settings, name: string, target: string): Promise<boolean> {
  const resolver = new Resolver({ timeout: PATIENCE_MS, tries: 1 });
  if (exchange.dnsServers.length > 0) resolver.setServers([...exchange.dnsServers]);
  try {
    const found = await resolver.resolveCname(name);
    return found.some((one) => one.replace(/\.$/, '').toLowerCase() === target.toLowerCase());
  } catch {
    return false;
  }
}
