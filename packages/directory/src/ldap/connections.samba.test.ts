import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { ManualClock, Secret } from '@isthmus/kernel';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { connectLdapDirectory, readServerCertificates } from '../index.ts';
import { startDirectory, type TestDirectory } from '../testing/startDirectory.ts';

/** A way to the domain controller that the test can cut. */
class Wire {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  open = 0;

  constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      this.open += 1;
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `ldaps://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Breaks what is open; new connections work. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Breaks what is open and takes nothing any more. */
  cut(): void {
    this.#server.close();
    this.drop();
  }
}

let fixture: TestDirectory;
const wires: Wire[] = [];

async function wire(): Promise<{ wire: Wire; url: string }> {
  const made = new Wire(fixture.controller.ports.ldaps);
  wires.push(made);
  return { wire: made, url: await made.listen() };
}

beforeAll(async () => {
  fixture = await startDirectory();
});
afterEach(() => {
  for (const made of wires.splice(0)) made.cut();
});
afterAll(() => fixture.stop());

test('a dropped connection is replaced without anybody noticing', async () => {
  const { wire: only, url } = await wire();
  const directory = await connectLdapDirectory({ ...fixture.config, urls: [url] });
  try {
    const before = await directory.listGroups();
    only.drop();
    expect(await directory.listGroups()).toEqual(before);
    only.drop();
    expect(await Promise.all(Array.from({ length: 20 }, () => directory.highestCommittedUsn()))).toHaveLength(20);
  } finally {
    await directory.close();
  }
});

test('clocks that are hours apart are told, and change nothing in what is read', async () => {
  const hours = 3 * 3_600_000;
  const clock = new ManualClock(new Date(Date.now() + hours));
  const directory = await connectLdapDirectory({ ...fixture.config, clock });
  try {
    expect(Math.abs((await directory.info()).clockSkewMs + hours)).toBeLessThan(60_000);
    const [skewed, straight] = [await directory.readChanges(), await fixture.directory.readChanges()];
    expect(skewed.changed).toEqual(straight.changed);
    expect((await directory.readChanges(skewed.cookie)).incremental).toBe(true);
  } finally {
    await directory.close();
  }
});

test('many requests at once share a few connections', async () => {
  const { wire: only, url } = await wire();
  const directory = await connectLdapDirectory({ ...fixture.config, urls: [url] });
  try {
    await Promise.all(Array.from({ length: 50 }, () => directory.listGroups()));
    expect(only.open).toBeLessThanOrEqual(5);
  } finally {
    await directory.close();
  }
});

test('when a controller goes away the next one takes over, and it stays', async () => {
  const [first, second] = [await wire(), await wire()];
  const directory = await connectLdapDirectory({ ...fixture.config, urls: [first.url, second.url] });
  try {
    const { cookie } = await directory.readChanges();
    expect(second.wire.open).toBe(0);
    first.wire.cut();
    expect((await directory.info()).dcHostName).toBe(fixture.controller.dcHostName.toLowerCase());
    expect(second.wire.open).toBeGreaterThan(0);
    // Behind both wires is one controller, so the position is still good.
    expect((await directory.readChanges(cookie)).incremental).toBe(true);
    second.wire.cut();
    await expect(directory.info()).rejects.toMatchObject({ code: 'directory.unreachable', retryable: true });
    await expect(directory.readChanges(cookie)).rejects.toMatchObject({ code: 'directory.unreachable' });
  } finally {
    await directory.close();
  }
});

test('a write whose connection broke is reported, not repeated', async () => {
  const { wire: only, url } = await wire();
  const directory = await connectLdapDirectory({ ...fixture.config, urls: [url] });
  try {
    const { domainName } = await directory.info();
    const adding = directory.addUser({
      userName: 'interrupted',
      upn: `interrupted@${domainName}`,
      displayName: 'Interrupted',
      givenName: '',
      surname: '',
      password: new Secret('Gr33n-Teapot-91'),
      mustChangePassword: false,
      containerDn: fixture.containerDn,
    });
    const outcome = adding.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
    only.cut();
    expect(await outcome).toBe('directory.unreachable');
  } finally {
    await directory.close();
  }
});

test.each([
  ['nobody listens', () => 'ldaps://127.0.0.1:1', {}, 'directory.unreachable'],
  ['the address is not encrypted', () => fixture.controller.ldapUrl, {}, 'directory.invalid-value'],
  [
    'the password is wrong',
    () => fixture.controller.ldapsUrl,
    { bindPassword: new Secret('x') },
    'directory.credentials-refused',
  ],
  [
    'the password is empty',
    () => fixture.controller.ldapsUrl,
    { bindPassword: new Secret('') },
    'directory.credentials-refused',
  ],
  [
    'the managed unit is missing',
    () => fixture.controller.ldapsUrl,
    { managedOu: 'OU=No,DC=x' },
    'directory.container-not-found',
  ],
])('when %s, connecting says so', async (_name, url, changes, code) => {
  await expect(connectLdapDirectory({ ...fixture.config, urls: [url()], ...changes })).rejects.toMatchObject({ code });
});

test('a certificate is looked at without trust, and pinned it is trusted, alone', async () => {
  const { hostname, port } = new URL(fixture.controller.ldapsUrl);
  const shown = await readServerCertificates(hostname, Number(port));
  expect(shown.nameMatches).toBe(true);
  expect(shown.chain[0]).toMatchObject({ subject: `CN=${fixture.controller.dcHostName}` });
  expect(shown.chain[0]?.fingerprint256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  const pinned = await connectLdapDirectory({ ...fixture.config, caPem: shown.caPem });
  await pinned.close();
  const other = await vi.importActual<typeof import('node:tls')>('node:tls');
  const caPem = other.rootCertificates[0] ?? '';
  await expect(connectLdapDirectory({ ...fixture.config, caPem })).rejects.toMatchObject({
    code: 'directory.certificate-not-trusted',
  });
  await expect(readServerCertificates('127.0.0.1', 1)).rejects.toMatchObject({ code: 'directory.unreachable' });
});

test('the service account may be named in three ways, and is marked as built in', async () => {
  const { administrator, domain, realm } = fixture.controller;
  for (const bindDn of [administrator.dn, `${domain}\\Administrator`, `Administrator@${realm}`]) {
    const directory = await connectLdapDirectory({ ...fixture.config, bindDn });
    try {
      expect(await directory.findUserByName('administrator')).toMatchObject({ dn: administrator.dn, builtIn: true });
    } finally {
      await directory.close();
    }
  }
});
