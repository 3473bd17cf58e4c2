import { expect, test } from 'vitest';
import { discoverDomainControllers } from '../index.ts';

const record = (name: string, priority: number, weight: number) => ({ name, port: 389, priority, weight });

test('controllers come in the order that DNS wishes, each once', async () => {
  const asked: string[] = [];
  const resolveSrv = async (name: string) => {
    asked.push(name);
    return [
      record('DC3.corp.test.', 10, 5),
      record('dc1.corp.test', 0, 1),
      record('dc2.corp.test', 0, 100),
      record('dc1.corp.test', 20, 1),
    ];
  };
  expect(await discoverDomainControllers('Corp.Test.', resolveSrv)).toEqual([
    { host: 'dc2.corp.test', ldapsUrl: 'ldaps://dc2.corp.test' },
    { host: 'dc1.corp.test', ldapsUrl: 'ldaps://dc1.corp.test' },
    { host: 'dc3.corp.test', ldapsUrl: 'ldaps://dc3.corp.test' },
  ]);
  expect(asked).toEqual(['_ldap._tcp.dc._msdcs.corp.test']);
});

test('a domain that DNS does not know, and a name that is none', async () => {
  const resolveSrv = () => Promise.reject(new Error('There is no SRV record.'));
  await expect(discoverDomainControllers('corp.test', resolveSrv)).rejects.toMatchObject({
    code: 'directory.unreachable',
    field: 'domainName',
  });
  await expect(discoverDomainControllers('corp test', resolveSrv)).rejects.toMatchObject({
    code: 'directory.invalid-value',
  });
});
