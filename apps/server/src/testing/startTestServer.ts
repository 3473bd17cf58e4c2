import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { silentLogger } from '@isthmus/kernel';
import { type SambaDomainController, startTestDomainController } from '@isthmus/sandbox';
import { type Emulator, startEmulator, type TenantSeed } from 'microsoft365-emulator';
import { createServer } from '../composition/createServer.ts';
import { ApiCaller } from '../composition/testing/ApiCaller.ts';
import { configurationSchema } from '../config/Configuration.ts';

export interface TestServer {
  readonly controller: SambaDomainController;
  readonly emulator: Emulator;
  /** As the dashboard administrator of the small world. */
  readonly api: ApiCaller;
  /** Somebody else, by user name, with the password of the seeded world. */
  signIn(userName: string): Promise<ApiCaller>;
  stop(): Promise<void>;
}

/** Where nobody listens, so that no test asks name servers of the world. */
const NOBODY = '127.0.0.1:1';

/**
 * The whole server between a real domain controller and an emulated tenant; not integrated yet.
 * @param users accounts that the tenant has besides its administrator
 * @param nameServer `host:port` of a name server that both sides ask about domains
 */
export async function startTestServer(users: TenantSeed['users'] = [], nameServer?: string): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-server-'));
  const [controller, emulator] = await Promise.all([
    startTestDomainController('contoso-small'),
    startEmulator({
      seed: { initialDomain: 'contoso.onmicrosoft.com', domains: [{ name: 'contoso.com', isDefault: true }], users },
      settings: { deviceCodeIntervalSeconds: 1, dnsResolver: nameServer ?? NOBODY },
    }),
  ]);
  // Whoever types the code in a test is a browser that trusts the tenant.
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), emulator.caPem]);
  const { guide } = controller;
  const { serviceAccount, dashboardAdministrator } = guide;
  if (serviceAccount?.password === undefined || dashboardAdministrator === undefined) {
    throw new TypeError('The small world has a service account and an administrator');
  }
  const bindPasswordFile = join(folder, 'bind-password');
  await writeFile(bindPasswordFile, `${serviceAccount.password}\n`, { mode: 0o600 });
  const configuration = configurationSchema.parse({
    dataFolder: join(folder, 'data'),
    listen: { host: '127.0.0.1', port: 0 },
    dns: {
      resolver: nameServer ?? NOBODY,
      serverPort: portOf(nameServer ?? NOBODY),
      directoryServer: controller.dnsServer,
    },
    cloud: { kind: 'custom', loginUrl: emulator.url, graphUrl: emulator.url, caFile: emulator.caFile },
    directory: {
      urls: [controller.ldapsUrl],
      caFile: controller.caFile,
      bindDn: serviceAccount.dn,
      bindPasswordFile,
      managedOu: guide.managedOu,
      administratorsGroup: guide.administratorsGroup,
      helpDeskGroup: guide.helpDeskGroup,
    },
  });
  const server = await createServer(configuration, { logger: silentLogger });
  const anonymous = new ApiCaller(server.url, await readFile(join(folder, 'data', 'tls', 'ca.pem'), 'utf8'));
  const signIn = async (userName: string): Promise<ApiCaller> => {
    const password = guide.people.find((person) => person.userName === userName)?.password;
    const answer = await anonymous.post('/session', { userName, password, kind: 'token' });
    if (answer.status !== 201) throw new Error(`${userName} cannot sign in: ${JSON.stringify(answer.body)}`);
    return anonymous.as(String(answer.body['token']));
  };
  return {
    controller,
    emulator,
    api: await signIn(dashboardAdministrator.userName),
    signIn,
    stop: async () => {
      await server.stop();
      await Promise.all([controller.stop(), emulator.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}
