import { readFile } from 'node:fs/promises';
import { integrate, startTestSandbox } from '../tests/support/TestSandbox.ts';
import { until } from '../tests/support/until.ts';
import { type Figure, timesOf } from './support/figures.ts';

const CHECKS = 20;
const NAME = 'Bench';

/** The practice domain of the sandbox: its proof written by RFC 2136 until it is verified online, then its records checked. */
export async function benchDomainRecords(): Promise<Figure[]> {
  const sandbox = await startTestSandbox();
  try {
    await integrate(sandbox);
    const { api } = sandbox;
    const { name, nameServer: server, keyFile } = sandbox.ready.practiceDomain;
    await api.call('linkDomain', { query: {}, body: { name } });
    const key = await readFile(keyFile, 'utf8');
    const provider = { kind: 'rfc2136' as const, name: NAME, server, key };
    const { id: providerId } = await api.call('addDnsProvider', { body: { provider, domain: name } });
    const body = { providerId, replaceConflicts: true };
    const start = performance.now();
    await api.call('writeDomainRecords', { params: { name }, query: {}, body });
    await until('the domain is verified', async () => {
      const { isVerified } = await api.call('getDomain', { params: { name } });
      return isVerified;
    });
    const verifiedMs = performance.now() - start;
    const options = { webmail: true, dmarc: true };
    await api.call('changeDomain', { params: { name }, body: { options } });
    await api.call('writeDomainRecords', { params: { name }, query: {}, body });
    const times: number[] = [];
    let records = 0;
    for (let round = 0; round < CHECKS; round += 1) {
      const begin = performance.now();
      const domain = await api.call('checkDomain', { params: { name } });
      times.push(performance.now() - begin);
      records = domain.records.length;
    }
    return [
      { name: 'proof written by RFC 2136 -> verified online', value: verifiedMs, unit: 'ms' },
      { name: 'records of the desk', value: records, unit: 'records' },
      ...timesOf('records checked, the tenant asked too', times, '< 1000 ms'),
    ];
  } finally {
    await sandbox.stop();
  }
}
