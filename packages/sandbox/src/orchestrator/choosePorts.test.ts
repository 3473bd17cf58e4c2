import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { choosePorts, type Ports } from './choosePorts.ts';

const servers: Server[] = [];

/** A port that somebody else uses. */
function occupy(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    servers.push(server);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Ports nobody listens on at this moment. */
async function freePorts(): Promise<Ports> {
  const names = ['dashboard', 'emulator', 'ldaps', 'ldap', 'kerberos', 'kpasswd', 'dns', 'nameServer', 'mail'] as const;
  const entries = await Promise.all(names.map(async (name) => [name, await occupy()] as const));
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  return Object.fromEntries(entries) as Ports;
}

test('the ports of the last start are kept', async () => {
  const remembered = await freePorts();
  await expect(choosePorts({}, remembered)).resolves.toEqual({ ports: remembered, remarks: [] });
});

test('a taken port gives way to the next free one, and says so', async () => {
  const remembered = { ...(await freePorts()), dashboard: await occupy() };
  const { ports, remarks } = await choosePorts({}, remembered);
  expect(ports.dashboard).toBeGreaterThan(remembered.dashboard);
  expect(remarks).toEqual([expect.stringContaining(`Port ${remembered.dashboard} is taken`)]);
});

test('a port that was asked for is used or refused, never replaced', async () => {
  const remembered = await freePorts();
  const { emulator, ...others } = remembered;
  expect((await choosePorts({ dashboard: emulator }, others)).ports.dashboard).toBe(emulator);
  const taken = await occupy();
  await expect(choosePorts({ dashboard: taken }, remembered)).rejects.toMatchObject({
    code: 'sandbox.port-taken',
    parameters: { port: taken },
  });
});
