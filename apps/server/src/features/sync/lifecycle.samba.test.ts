import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectLdapDirectory, type Directory } from '@isthmus/directory';
import { Secret, silentLogger } from '@isthmus/kernel';
import { type SambaDomainController, startTestDomainController } from '@isthmus/sandbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type EmulatedTenant,
  passwordWorks,
  startTenant,
} from '../../../../../packages/microsoft365/src/contract-tests/emulatedTenant.ts';
import { runAgent } from '../../../../agent/src/runAgent.ts';
import { openAgentEndpoint } from '../../http/agentEndpoint.ts';
import { createMirrors, type Mirrors } from '../../mirrors/index.ts';
import { startTestPlatform, type TestPlatform, until } from '../../testing/startTestPlatform.ts';
import { createPasswords, type PasswordService } from '../passwords/index.ts';
import { createPerformer, createPersonStore, type People, type Person, PersonLocks } from '../people/index.ts';
import { createSyncService } from './createSyncService.ts';
import type { SyncService } from './SyncService.ts';

const SPB = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';

let controller: SambaDomainController;
let tenant: EmulatedTenant;
let directory: Directory;
let world: TestPlatform;
let folder: string;
let people: People;
let passwords: PasswordService;
let mirrors: Mirrors;
let sync: SyncService;
const closing: (() => Promise<unknown>)[] = [];

/** Everything real but the web: domain controller, agent, emulated tenant, database. */
beforeAll(async () => {
  [controller, tenant, world] = await Promise.all([
    startTestDomainController('contoso-small'),
    startTenant(),
    startTestPlatform(),
  ]);
  folder = await mkdtemp(join(tmpdir(), 'isthmus-life-'));
  const { serviceAccount, managedOu, administratorsGroup } = controller.guide;
  directory = await connectLdapDirectory({
    urls: [controller.ldapsUrl],
    caPem: controller.caPem,
    bindDn: serviceAccount?.dn ?? '',
    bindPassword: new Secret(serviceAccount?.password ?? ''),
    ...(managedOu === undefined ? {} : { managedOu }),
  });
  world.connections.directory = directory;
  world.connections.microsoft365 = tenant.online;
  world.connections.settings = { ...world.connections.settings, administratorsGroup: administratorsGroup ?? '' };
  await startServices();
  await startAgent();
  await createForEverybody();
});

afterAll(async () => {
  for (const close of closing.toReversed()) await close();
  await directory.close();
  await tenant.close();
  await controller.stop();
  await world.drop();
  await rm(folder, { recursive: true, force: true });
});

const performer = () => {
  const { licensesChanged } = mirrors;
  return createPerformer(world.platform, { people, passwords, locks, licensesChanged });
};
const locks = new PersonLocks();

async function startServices(): Promise<void> {
  people = createPersonStore(world.platform);
  mirrors = createMirrors(world.platform, { locks, intervals: { tenantMs: 1_000 } });
  passwords = await createPasswords(world.platform, { people, locks, mirrors, dataFolder: folder });
  sync = createSyncService(world.platform, { people, performer: performer(), mirrors });
  for (const service of [passwords, mirrors, sync]) {
    await service.start();
    closing.push(() => service.stop());
  }
}

async function startAgent(): Promise<void> {
  const socketPath = join(folder, 'agent.sock');
  const endpoint = await openAgentEndpoint({ socketPath }, passwords.agent, silentLogger);
  closing.push(() => endpoint.close());
  const ending = new AbortController();
  const agent = runAgent({
    config: {
      ldapiSocket: controller.privilegedSocket,
      gnupgHome: controller.gnupgHome,
      stateFolder: join(folder, 'agent'),
      smbConfFile: controller.smbConfFile,
      server: { socketPath, publicKeyFile: join(folder, 'keys', 'password-sealing.pub') },
      pollMs: 100,
      lifeline: 'none',
    },
    logger: silentLogger,
    signal: ending.signal,
    onReady: () => undefined,
  });
  closing.push(async () => {
    ending.abort();
    await agent;
  });
}

async function everybody(): Promise<readonly Person[]> {
  const rows = await world.database.selectFrom('directory_user').select('id').where('built_in', '=', false).execute();
  return people.findMany(rows.map((row) => row.id));
}

async function createForEverybody(): Promise<void> {
  const { guide } = controller;
  const unlinked = await until(async () => {
    const found = (await everybody()).filter(({ user }) => user.dn.endsWith(guide.managedOu ?? ''));
    return found.length >= guide.people.length && found;
  });
  // The agent has sent the passwords that were set before, and they wait for the accounts.
  await until(async () => (await waiting()) >= guide.people.length);
  tenant.emulator.control.setSeats('SPB', 100);
  const results = await performer().createOnlineMany(
    unlinked.map(({ user }) => ({
      userId: user.id,
      create: {
        type: 'online.create',
        account: {
          upn: `${user.userName}@${tenant.emulator.initialDomain}`,
          displayName: user.displayName || user.userName,
          mailNickname: user.userName,
          usageLocation: 'DE',
          signInAllowed: user.enabled,
          mustChangePassword: false,
        },
      },
      skuIds: [SPB],
    })),
    { actor: 'test', lane: 'interactive', requestId: 'request' },
  );
  expect(results.filter((result) => !result.ok)).toEqual([]);
}

async function waiting(): Promise<number> {
  const rows = await world.database.selectFrom('password').select('user_id').where('sealed', 'is not', null).execute();
  return rows.length;
}

async function personNamed(userName: string): Promise<Person> {
  const found = (await everybody()).find(({ user }) => user.userName === userName);
  if (found === undefined) throw new Error(`${userName} is not in the mirror`);
  return found;
}

const samba = async (...command: string[]) => {
  const { exitCode, stderr } = await controller.exec(['samba-tool', ...command, '-s', controller.smbConfFile]);
  if (exitCode !== 0) throw new Error(stderr);
};

async function onlineOf(userName: string) {
  const { online } = await personNamed(userName);
  if (online === undefined) throw new Error(`${userName} is not linked`);
  return tenant.online.accounts.find(online.id, { lane: 'interactive' });
}

const signsInOnline = (userName: string, password: string) =>
  passwordWorks(tenant.emulator, `${userName}@${tenant.emulator.initialDomain}`, password);

/** Ordinary people of the world: active, with a password, nobody who administers. */
function ordinary(index: number) {
  const { people: seeded, dashboardAdministrator, helpDeskMember, serviceAccount } = controller.guide;
  const special = [dashboardAdministrator, helpDeskMember, serviceAccount].map((person) => person?.userName);
  const found = seeded.filter(({ userName, password }) => password !== undefined && !special.includes(userName))[index];
  if (found?.password === undefined) throw new Error('The world has too few people');
  return { userName: found.userName, password: found.password, dn: found.dn };
}

test('the password everybody had before works online from the first moment', async () => {
  const { userName, password } = ordinary(0);
  const person = await personNamed(userName);
  expect(person.password?.state).toBe('in-step');
  expect(await signsInOnline(userName, password)).toBe(true);
});

test('a password changed on the domain controller works online, and the delay is measured', async () => {
  const { userName } = ordinary(1);
  const password = 'Narrow-Strip-Of-Land-7';
  await samba('user', 'setpassword', userName, `--newpassword=${password}`);
  const person = await until(async () => {
    const found = await personNamed(userName);
    return found.password?.delayMs !== undefined && found;
  });
  expect(person.password?.state).toBe('in-step');
  expect(await signsInOnline(userName, password)).toBe(true);
});

test('somebody disabled by another tool is blocked online and thrown out, and comes back when enabled', async () => {
  const { userName } = ordinary(2);
  await samba('user', 'disable', userName);
  await until(async () => {
    const account = await onlineOf(userName);
    // Not by `sessionsValidFrom`: it tells whole seconds, and the account may be younger than one.
    const revocations = tenant.emulator.control.requests({ url: `/users/${account?.id}/revokeSignInSessions` });
    return account?.signInAllowed === false && revocations.some(({ status }) => status === 200);
  });
  await samba('user', 'enable', userName);
  await until(async () => (await onlineOf(userName))?.signInAllowed);
});

test('somebody deleted by another tool goes to the recycle bin online', async () => {
  const { userName } = ordinary(3);
  const person = await personNamed(userName);
  await samba('user', 'delete', userName);
  await until(async () => {
    const bin = await tenant.online.accounts.listDeleted({ lane: 'interactive' });
    return bin.some((account) => account.id === person.online?.id);
  });
  expect((await personNamed(userName)).removedAt).toBeInstanceOf(Date);
});

test('when all that is done, both sides are in step and a pass writes nothing', async () => {
  await sync.runNow({ full: true });
  tenant.emulator.control.clearRequests();
  await sync.runNow({ full: true });
  const requests = tenant.emulator.control.requests();
  expect(requests.filter(({ method }) => method !== 'GET').map(({ url }) => url)).toEqual([]);
});
