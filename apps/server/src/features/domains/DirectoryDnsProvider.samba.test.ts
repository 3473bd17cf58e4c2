import { connectLdapDirectory } from '@isthmus/directory';
import { DnsClient, parseDnsServerAddress } from '@isthmus/dns';
import { describeDnsProvider, type ProviderUnderTest, ZONE } from '@isthmus/dns/contract-tests';
import { Secret } from '@isthmus/kernel';
import { startTestDomainController } from '@isthmus/sandbox';
import { DirectoryDnsProvider } from './DirectoryDnsProvider.ts';

const PASSWORD = 'Lantern-42-harbor';

describeDnsProvider('the directory on Samba', async (): Promise<ProviderUnderTest> => {
  const controller = await startTestDomainController();
  const { administrator, baseDn, caPem, ldapsUrl } = controller;
  const samba = (...words: string[]) => controller.exec(['samba-tool', ...words]);
  await samba('dns', 'zonecreate', '127.0.0.1', ZONE, '-U', `Administrator%${administrator.password}`);
  for (const name of ['writer', 'reader']) await samba('user', 'create', name, PASSWORD);
  await samba('group', 'addmembers', 'DnsAdmins', 'writer');
  // Everybody may add names to a new zone.
  const sid = /objectSid: (S-[\d-]+)/.exec((await samba('user', 'show', 'reader')).stdout)?.[1];
  const zoneDn = `DC=${ZONE},CN=MicrosoftDNS,DC=DomainDnsZones,${baseDn}`;
  await samba('dsacl', 'set', `--objectdn=${zoneDn}`, `--sddl=(D;;CC;;;${sid})`);
  const connect = (name: string) =>
    connectLdapDirectory({
      urls: [ldapsUrl],
      caPem,
      bindDn: `CN=${name},CN=Users,${baseDn}`,
      bindPassword: new Secret(PASSWORD),
    });
  const [writer, reader] = await Promise.all([connect('writer'), connect('reader')]);
  return {
    provider: new DirectoryDnsProvider(writer.dns),
    reader: { provider: new DirectoryDnsProvider(reader.dns), code: 'dns.provider-refused' },
    client: new DnsClient({ server: parseDnsServerAddress(controller.dnsServer) }),
    async stop() {
      await Promise.all([writer.close(), reader.close()]);
      await controller.stop();
    },
  };
});
