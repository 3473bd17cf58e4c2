import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestDomainController } from '@isthmus/sandbox';
import { Attribute, Change, Client } from 'ldapts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { AgentProcess } from './testing/AgentProcess.ts';
import { StandInServer, WAIT } from './testing/StandInServer.ts';

type Controller = Awaited<ReturnType<typeof startTestDomainController>>;

let controller: Controller;
let administrator: Client;
let folder: string;
let server: StandInServer;
let agent: AgentProcess | undefined;
let serial = 0;

beforeAll(async () => {
  controller = await startTestDomainController();
  administrator = new Client({ url: controller.ldapsUrl, tlsOptions: { ca: controller.caPem } });
  await administrator.bind(controller.administrator.dn, controller.administrator.password);
});
afterAll(async () => {
  await administrator.unbind();
  await controller.stop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-agent-'));
  server = new StandInServer();
  await writeFile(join(folder, 'server.pub'), server.keys.publicKey, { mode: 0o644 });
  await server.listen(join(folder, 'server.sock'));
});
afterEach(async () => {
  agent?.kill();
  await agent?.ended;
  agent = undefined;
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const quoted = (password: string): Buffer => Buffer.from(`"${password}"`, 'utf16le');
const attribute = (type: string, ...values: string[]): Attribute => new Attribute({ type, values });

async function addUser(password: string, extra: readonly Attribute[] = []): Promise<{ dn: string; name: string }> {
  serial += 1;
  const name = `captured${serial}`;
  const dn = `CN=${name},CN=Users,${controller.baseDn}`;
  await administrator.add(dn, [
    attribute('objectClass', 'user'),
    attribute('sAMAccountName', name),
    attribute('userAccountControl', '512'),
    new Attribute({ type: 'unicodePwd', values: [quoted(password)] }),
    ...extra,
  ]);
  return { dn, name };
}

async function setPassword(dn: string, password: string): Promise<void> {
  const modification = new Attribute({ type: 'unicodePwd', values: [quoted(password)] });
  await administrator.modify(dn, new Change({ operation: 'replace', modification }));
}

function configuration(overrides: object = {}): object {
  return {
    ldapiSocket: controller.privilegedSocket,
    gnupgHome: controller.gnupgHome,
    smbConfFile: controller.smbConfFile,
    stateFolder: join(folder, 'state'),
    server: { socketPath: join(folder, 'server.sock'), publicKeyFile: join(folder, 'server.pub') },
    ...overrides,
  };
}

async function startAgent(overrides: object = {}): Promise<AgentProcess> {
  agent = await AgentProcess.start(join(folder, 'agent.yaml'), configuration(overrides));
  await agent.ready();
  return agent;
}

describe('captured passwords', () => {
  test('come from before the start, from LDAP and from samba-tool, with every character, and no other place', async () => {
    const before = await addUser('Before-The-Start-1');
    const running = await startAgent();
    await server.waitForPassword('Before-The-Start-1');

    await setPassword(before.dn, 'Pä$$wörd-€');
    const received = await server.waitForPassword('Pä$$wörd-€');
    expect(Math.abs(Date.parse(received.changedAt) - Date.now())).toBeLessThan(60_000);

    await controller.exec(['samba-tool', 'user', 'setpassword', before.name, '--newpassword=From-Samba-Tool-9']);
    const next = await server.waitForPassword('From-Samba-Tool-9');
    expect(next.userId).toBe(received.userId);
    expect(BigInt(next.version)).toBeGreaterThan(BigInt(received.version));

    await addUser('Must-Change-Later-7', [attribute('pwdLastSet', '0')]);
    const temporary = await server.waitForPassword('Must-Change-Later-7');
    expect(Math.abs(Date.parse(temporary.changedAt) - Date.now())).toBeLessThan(60_000);

    expect(await server.waitForStatus('ready')).toMatchObject({ dcHostName: controller.dcHostName.toLowerCase() });
    expect(server.passwords.map((item) => item.password)).not.toContain(controller.administrator.password);
    expect(await running.stop()).toBe(0);
    expect(running.log).not.toMatch(/Pä\$\$wörd|From-Samba|Before-The|Must-Change-Later/);
    expect(await readdir(join(folder, 'state', 'outbox'))).toEqual([]);
  });

  test('of accounts that were there already are not sent again at the next start', async () => {
    const user = await addUser('Once-And-Never-Again-1');
    await startAgent();
    await server.waitForPassword('Once-And-Never-Again-1');
    await vi.waitFor(() => readFile(join(folder, 'state', 'position.json')), WAIT);
    // What still waits in the outbox would rightly be sent after the next start.
    await vi.waitFor(async () => expect(await readdir(join(folder, 'state', 'outbox'))).toEqual([]), WAIT);
    await agent?.stop();
    const already = server.passwords.length;
    await setPassword(user.dn, 'While-The-Agent-Was-Away-2');
    await startAgent();
    await server.waitForPassword('While-The-Agent-Was-Away-2');
    expect(server.passwords).toHaveLength(already + 1);
  });

  test('wait, sealed, while the server is down, and only the newest of each person is sent', async () => {
    const user = await addUser('Server-Is-Up-1');
    const running = await startAgent();
    const { userId } = await server.waitForPassword('Server-Is-Up-1');
    await server.stop();
    await setPassword(user.dn, 'Server-Is-Down-2');
    await setPassword(user.dn, 'Server-Is-Down-3');
    const file = join(folder, 'state', 'outbox', `${userId}.json`);
    const first = await vi.waitFor(() => readFile(file, 'utf8'), WAIT);
    expect(first).not.toContain('Server-Is-Down');
    await vi.waitFor(() => expect(running.log).toContain('agent.server-unreachable'), WAIT);
    // A crash while the server is away loses nothing either.
    running.kill();
    await running.ended;
    await startAgent();
    await server.listen(join(folder, 'server.sock'));
    await server.waitForPassword('Server-Is-Down-3');
    expect(server.passwordsOf(userId).at(-1)).toBe('Server-Is-Down-3');
    await vi.waitFor(async () => expect(await readdir(join(folder, 'state', 'outbox'))).toEqual([]), WAIT);
  });

  test('survive a kill between hand-over and saving the position', async () => {
    const user = await addUser('Killed-At-The-Worst-Moment-1');
    agent = await AgentProcess.start(join(folder, 'agent.yaml'), configuration());
    const victim = agent;
    server.onPassword = () => victim.kill();
    await vi.waitFor(() => expect(server.passwords.length).toBeGreaterThan(0), WAIT);
    await victim.ended;
    server.onPassword = () => undefined;
    await setPassword(user.dn, 'And-Changed-While-Dead-2');
    await startAgent();
    await server.waitForPassword('And-Changed-While-Dead-2');
  });

  test.each([422, 503])('that the server answers with %d do not hold up the others', async (status) => {
    const names = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'];
    const held = new Set<string>();
    await startAgent();
    server.answer = (userId) => {
      if (held.size < 6) held.add(userId);
      return held.has(userId) ? status : 204;
    };
    for (const name of names) await addUser(`Not-At-Once-${name}-${status}`);
    await server.waitForPassword(`Not-At-Once-seventh-${status}`);
    server.answer = () => 204;
    for (const name of names) await server.waitForPassword(`Not-At-Once-${name}-${status}`);
  });

  test('are sealed anew when the server has a new key', async () => {
    await addUser('For-The-New-Key-1');
    await startAgent();
    await server.waitForPassword('For-The-New-Key-1');
    await agent?.stop();
    await server.stop();
    server = new StandInServer();
    await writeFile(join(folder, 'server.pub'), server.keys.publicKey);
    await server.listen(join(folder, 'server.sock'));
    await startAgent();
    await server.waitForPassword('For-The-New-Key-1');
  });
});

describe('what is wrong is said', () => {
  test('a key ring without the private key: nothing is lost until it is there', async () => {
    const emptyRing = join(folder, 'empty-ring');
    await mkdir(emptyRing, { mode: 0o700 });
    await addUser('Waits-For-The-Key-1');
    agent = await AgentProcess.start(join(folder, 'agent.yaml'), configuration({ gnupgHome: emptyRing }));
    const status = await server.waitForStatus('broken');
    expect(status.detail).toContain('private key');
    expect(server.passwords).toEqual([]);
    await agent.stop();
    await startAgent();
    await server.waitForPassword('Waits-For-The-Key-1');
    expect((await server.waitForStatus('ready')).detail).toBe('');
  });

  test('a domain controller that cannot be reached', async () => {
    agent = await AgentProcess.start(join(folder, 'agent.yaml'), configuration({ ldapiSocket: join(folder, 'none') }));
    expect((await server.waitForStatus('broken')).detail).toContain('does not answer');
  });

  test('a socket that is not the privileged one', async () => {
    const ldapiSocket = controller.privilegedSocket.replace('ldap_priv/', '');
    agent = await AgentProcess.start(join(folder, 'agent.yaml'), configuration({ ldapiSocket }));
    expect((await server.waitForStatus('broken')).detail).toContain('refused to show captured passwords');
  });

  test.each([
    ['a key ring that others may enter', 'gnupgHome', 0o755],
    ['a server key that others may change', 'server.pub', 0o666],
  ])('%s is refused at the start, with the command that mends it', async (_name, what, mode) => {
    const gnupgHome = join(folder, 'gnupgHome');
    await mkdir(gnupgHome, { mode: 0o700 });
    await chmod(join(folder, what), mode);
    agent = await AgentProcess.start(join(folder, 'agent.yaml'), configuration({ gnupgHome }));
    expect(await agent.ended).toBe(1);
    expect(agent.log).toContain(`Run: chmod ${what === 'gnupgHome' ? '700' : 'go-w'} ${join(folder, what)}`);
  });
});
