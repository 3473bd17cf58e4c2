import { spawn } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Attribute, Change, Client } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../runCommand.ts';
import { startTestDomainController } from '../startTestDomainController.ts';
import type { SeededPerson } from '../worlds/World.ts';
import type { SambaDomainController } from './SambaDomainController.ts';
import { startSambaDomainController } from './startSambaDomainController.ts';

async function withClient<T>(
  controller: SambaDomainController,
  who: { dn: string; password: string },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ url: controller.ldapsUrl, tlsOptions: { ca: controller.caPem } });
  try {
    await client.bind(who.dn, who.password);
    return await work(client);
  } finally {
    await client.unbind();
  }
}

function known(person: SeededPerson | undefined): { dn: string; password: string; userName: string } {
  if (person?.password === undefined) throw new Error('The world has no such person with a password');
  return { dn: person.dn, password: person.password, userName: person.userName };
}

function unicodePwd(password: string): Buffer {
  return Buffer.from(`"${password}"`, 'utf16le');
}

function set(type: string, value: string | Buffer): Change {
  const modification =
    typeof value === 'string' ? new Attribute({ type, values: [value] }) : new Attribute({ type, values: [value] });
  return new Change({ operation: 'replace', modification });
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(50);
}

describe('the small Contoso domain', () => {
  let controller: SambaDomainController;

  beforeAll(async () => {
    controller = await startTestDomainController('contoso-small');
  });

  afterAll(() => controller.stop());

  test('has 25 people in four departments: two inactive, one expired, one display name twice', async () => {
    const { administrator, guide } = controller;
    const { searchEntries } = await withClient(controller, administrator, (client) =>
      client.search(guide.managedOu!, {
        filter: '(objectClass=user)',
        attributes: ['displayName', 'department', 'userAccountControl', 'accountExpires', 'manager'],
      }),
    );
    const names = searchEntries.map((entry) => String(entry['displayName']));
    expect(searchEntries).toHaveLength(25);
    expect(new Set(searchEntries.map((entry) => entry['department'])).size).toBe(4);
    expect(searchEntries.filter((entry) => entry['userAccountControl'] === '514')).toHaveLength(2);
    expect(searchEntries.filter((entry) => entry['accountExpires'] === '133485408000000000')).toHaveLength(1);
    expect(searchEntries.filter((entry) => String(entry['manager']).startsWith('CN='))).toHaveLength(24);
    expect(names.filter((name) => name === 'Alex Morgan')).toHaveLength(2);
    expect(names).toContain('فاطمة الفارسي');
  });

  test('lets the seeded people sign in and puts the administrator and the help desk into their groups', async () => {
    const { guide } = controller;
    const member = known(guide.dashboardAdministrator);
    const groups = await withClient(controller, member, async (client) => {
      const found = await client.search(guide.managedOu!, { filter: '(cn=Isthmus *)', attributes: ['member'] });
      return found.searchEntries;
    });
    expect(groups.map((group) => [group.dn, group['member']])).toEqual(
      expect.arrayContaining([
        [guide.administratorsGroup, member.dn],
        [guide.helpDeskGroup, known(guide.helpDeskMember).dn],
      ]),
    );
  });

  test('keeps passwords so that the agent, and not the controller, can read them', async () => {
    const { userName } = known(controller.guide.people.find((person) => person.userName === 'olga.petrova'));
    const attributes = '--attributes=supplementalCredentials';
    const shown = await controller.exec(['samba-tool', 'user', 'getpassword', userName, attributes]);
    const value = /^supplementalCredentials:: ([\s\S]*?)\n(?! )/m.exec(shown.stdout)?.[1]?.replaceAll(/\s/g, '');
    expect(Buffer.from(value ?? '', 'base64').toString('utf16le')).toContain('Primary:SambaGPG');
    const controllerRing = join(controller.gnupgHome, '..', 'gnupg-public');
    const secretKeys = ['gpg', '--list-secret-keys', '--with-colons'];
    const agents = await runCommand(secretKeys, { env: { ...process.env, GNUPGHOME: controller.gnupgHome } });
    const controllers = await runCommand(secretKeys, { env: { ...process.env, GNUPGHOME: controllerRing } });
    expect([agents.stdout.includes('sec:'), controllers.stdout.includes('sec:')]).toEqual([true, false]);
  });

  test('gives kinit and kpasswd on this machine a way in', async () => {
    const { userName, password } = known(controller.guide.people.find((person) => person.userName === 'zoe.andre'));
    const cache = await mkdtemp(join(tmpdir(), 'isthmus-krb5-'));
    const env = {
      ...process.env,
      KRB5_CONFIG: controller.krb5ConfigFile,
      KRB5CCNAME: `FILE:${join(cache, 'tickets')}`,
    };
    const changed = 'Lantern-42-harbor';
    const kpasswd = await runCommand(['kpasswd', userName], { env, input: `${password}\n${changed}\n${changed}\n` });
    const kinit = await runCommand(['kinit', userName], { env, input: `${changed}\n` });
    await rm(cache, { recursive: true });
    expect([kpasswd.exitCode, kinit.exitCode], kpasswd.stderr + kinit.stderr).toEqual([0, 0]);
  });

  test('lets the service account manage people in its unit, and nobody elsewhere', async () => {
    const { guide, baseDn } = controller;
    const dn = `CN=New Person,OU=Sales,${guide.managedOu}`;
    const moved = `CN=Newer Person,OU=Operations,${guide.managedOu}`;
    await withClient(controller, known(guide.serviceAccount), async (client) => {
      await client.add(dn, [
        new Attribute({ type: 'objectClass', values: ['user'] }),
        new Attribute({ type: 'sAMAccountName', values: ['new.person'] }),
        new Attribute({ type: 'unicodePwd', values: [unicodePwd('Harbor-17-Lantern')] }),
        new Attribute({ type: 'userAccountControl', values: ['512'] }),
      ]);
      await client.modify(dn, [set('displayName', 'New Person'), set('userAccountControl', '514')]);
      await client.modify(dn, [set('unicodePwd', unicodePwd('Harbor-18-Lantern')), set('pwdLastSet', '0')]);
      const group = `CN=Project Lighthouse,OU=Groups,${guide.managedOu}`;
      const membership = new Attribute({ type: 'member', values: [dn] });
      await client.modify(group, [new Change({ operation: 'add', modification: membership })]);
      await client.modifyDN(dn, moved);
      await client.del(moved);
      const outside = `CN=Administrator,CN=Users,${baseDn}`;
      await expect(client.modify(outside, [set('description', 'x')])).rejects.toThrow();
      await expect(client.modify(outside, [set('unicodePwd', unicodePwd('Harbor-19-Lantern'))])).rejects.toThrow();
    });
  });

  test('answers questions for its own records over DNS', async () => {
    const resolver = new Resolver();
    resolver.setServers([controller.dnsServer]);
    await expect(resolver.resolveNs('corp.contoso.test')).resolves.toEqual([controller.dcHostName]);
  });
});

describe('a domain that is kept', () => {
  test('survives a restart in a folder with spaces and a very long name, on the same ports', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'isthmus-kept-'));
    const folder = join(parent, `a folder ${'with a long name '.repeat(8)}`, 'domain controller');
    const first = await startSambaDomainController({ folder });
    const added = await first.exec(['samba-tool', 'user', 'create', 'kept.person', 'Lantern-42-harbor']);
    await first.stop();
    const second = await startSambaDomainController({ folder, ports: first.ports, processModel: 'prefork' });
    const bind = withClient(
      second,
      { dn: 'kept.person@corp.contoso.test', password: 'Lantern-42-harbor' },
      async () => 'bound',
    );
    await expect(bind).resolves.toBe('bound');
    expect([added.exitCode, second.ports]).toEqual([0, first.ports]);
    await second.stop();
    await rm(parent, { recursive: true });
  });

  test('says which port is taken', async () => {
    const holder = await startTestDomainController();
    const folder = join(tmpdir(), `isthmus-test-taken-${process.pid}`);
    const start = startSambaDomainController({ folder, throwAway: true, ports: { ldaps: holder.ports.ldaps } });
    await expect(start).rejects.toMatchObject({ code: 'sandbox.port-taken', parameters: { port: holder.ports.ldaps } });
    await holder.stop();
    await rm(folder, { recursive: true, force: true });
  });
});

test('nothing is left when the process that started a controller is killed', async () => {
  const script = `
    const { startTestDomainController } = await import(${JSON.stringify(join(import.meta.dirname, '..', 'index.ts'))});
    const controller = await startTestDomainController();
    console.log(JSON.stringify({ pid: controller.pid, socket: controller.privilegedSocket }));
    await controller.ended;`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const { pid, socket } = JSON.parse(line) as { pid: number; socket: string };
  expect(await readFile(`/proc/${pid}/comm`, 'utf8')).toContain('samba');
  parent.kill('SIGKILL');
  await waitUntil(async () => !(await isThere(`/proc/${pid}`)) && !(await isThere(socket)));
});

/** The children of a process that run a given script. */
async function childrenRunning(parent: number, script: string): Promise<readonly string[]> {
  const pids = (await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8')).split(' ').filter(Boolean);
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, index) => commands[index]?.includes(script));
}

test('nobody goes on making a domain for a process that was killed', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'isthmus-cache-'));
  const script = `
    const { startTestDomainController } = await import(${JSON.stringify(join(import.meta.dirname, '..', 'index.ts'))});
    await startTestDomainController('contoso-10k');`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, XDG_CACHE_HOME: cache },
    stdio: 'ignore',
  });
  const making = (): Promise<readonly string[]> => childrenRunning(parent.pid ?? 0, 'provision.py');
  await waitUntil(async () => (await making()).length === 1);
  const [pid] = await making();
  parent.kill('SIGKILL');
  await waitUntil(async () => !(await isThere(`/proc/${pid}`)));
  await rm(cache, { recursive: true, force: true });
});

test.runIf(process.getuid?.() === 0)('root gets a controller also where network namespaces are refused', async () => {
  const script = `
    const { startTestDomainController } = await import(${JSON.stringify(join(import.meta.dirname, '..', 'index.ts'))});
    const controller = await startTestDomainController();
    const { exitCode } = await controller.exec(['kinit', 'Administrator'], { input: controller.administrator.password });
    await controller.stop();
    console.log('kinit', exitCode);`;
  const withoutNamespaces = ['setpriv', '--bounding-set', '-sys_admin', '--inh-caps', '-sys_admin'];
  const result = await runCommand([...withoutNamespaces, process.execPath, '--input-type=module', '--eval', script]);
  expect(result).toMatchObject({ stdout: 'kinit 0\n', exitCode: 0 });
});
