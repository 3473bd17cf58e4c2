import { queryDns, readDnsServer } from '../../../dns/queryDns.ts';
import type { Settings } from '../../../settings.ts';

/** Whether DNS has this CNAME. A server that does not answer is like one that has none. */
export async function hasCname(settings: Settings, name: string, target: string): Promise<boolean> {
  const server = readDnsServer(settings.dnsResolver);
  const result = await queryDns({ name, type: 'CNAME' }, server, settings.dnsTimeoutMs);
  if (result.kind !== 'answered') return false;
  return result.answers.some(
    (answer) => answer.type === 'CNAME' && answer.data.replace(/\.$/, '').toLowerCase() === target.toLowerCase(),
  );
}
