import { Secret } from '@isthmus/kernel';
import { startTestDomainController } from '@isthmus/sandbox';
import { Attribute, Client } from 'ldapts';
import type { DirectoryUnderTest } from '../contract-tests/index.ts';
import { connectLdapDirectory, type LdapDirectoryConfig } from '../index.ts';

export type TestDomainController = Awaited<ReturnType<typeof startTestDomainController>>;

/** A domain of its own, an administrator's connection to it, and a directory as the adapter sees it. */
export interface TestDirectory extends DirectoryUnderTest {
  readonly controller: TestDomainController;
  readonly administrator: Client;
  readonly config: LdapDirectoryConfig;
}

export const SERVICE_PASSWORD = 'Service-Account-77';

function entry(attributes: Record<string, string | string[]>): Attribute[] {
  return Object.entries(attributes).map(
    ([type, values]) => new Attribute({ type, values: Array.isArray(values) ? values : [values] }),
  );
}

/** An account without any right of its own. */
export async function addServiceAccount(administrator: Client, baseDn: string, userName: string): Promise<string> {
  const dn = `CN=${userName},CN=Users,${baseDn}`;
  await administrator.add(dn, [
    ...entry({ objectClass: 'user', sAMAccountName: userName, userAccountControl: '512' }),
    new Attribute({ type: 'unicodePwd', values: [Buffer.from(`"${SERVICE_PASSWORD}"`, 'utf16le')] }),
  ]);
  return dn;
}

export async function startDirectory(): Promise<TestDirectory> {
  const controller = await startTestDomainController();
  const { baseDn, administrator: account } = controller;
  const administrator = new Client({ url: controller.ldapsUrl, tlsOptions: { ca: controller.caPem } });
  await administrator.bind(account.dn, account.password);
  const containerDn = `OU=People,${baseDn}`;
  const otherContainerDn = `OU=Elsewhere,${baseDn}`;
  const groupDn = `CN=Inner,${containerDn}`;
  const outerGroupDn = `CN=Outer,${containerDn}`;
  for (const dn of [containerDn, otherContainerDn]) {
    await administrator.add(dn, entry({ objectClass: 'organizationalUnit' }));
  }
  await administrator.add(groupDn, entry({ objectClass: 'group', sAMAccountName: 'Inner' }));
  await administrator.add(outerGroupDn, entry({ objectClass: 'group', sAMAccountName: 'Outer', member: groupDn }));
  const config: LdapDirectoryConfig = {
    urls: [controller.ldapsUrl],
    caPem: controller.caPem,
    bindDn: account.dn,
    bindPassword: new Secret(account.password),
  };
  const directory = await connectLdapDirectory(config);
  return {
    controller,
    administrator,
    domainAdministrator: { name: account.dn.replace(/^CN=([^,]+),.*$/, '$1'), password: new Secret(account.password) },
    config,
    directory,
    containerDn,
    otherContainerDn,
    groupDn,
    outerGroupDn,
    async stop() {
      await directory.close();
      await administrator.unbind();
      await controller.stop();
    },
  };
}
