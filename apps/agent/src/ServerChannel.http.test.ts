import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AgentConfig, demandSafeFiles } from './config.ts';
import { ServerChannel } from './ServerChannel.ts';
import { makeTlsFiles } from './testing/makeTlsFiles.ts';
import { StandInServer } from './testing/StandInServer.ts';

const STATUS = { capture: 'ready', detail: '', dcHostName: 'dc1', lastChangeAt: null, pending: 0 };

let folder: string;
let standIn: StandInServer;
let secure: Server | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-channel-'));
  standIn = new StandInServer();
});
afterEach(async () => {
  await standIn.stop();
  secure?.closeAllConnections();
  secure?.close();
  secure = undefined;
  await rm(folder, { recursive: true, force: true });
});

test('over a local socket: accepted, refused and absent are told apart', async () => {
  const socketPath = join(folder, 'server.sock');
  const channel = new ServerChannel({ socketPath, publicKeyFile: '' });
  try {
    await expect(channel.post('/agent/v1/status', STATUS)).rejects.toMatchObject({ code: 'agent.server-unreachable' });
    await standIn.listen(socketPath);
    await channel.post('/agent/v1/status', STATUS);
    expect(standIn.statuses).toEqual([STATUS]);
    await expect(channel.post('/agent/v1/passwords', {})).rejects.toMatchObject({ code: 'agent.server-refused' });
    await standIn.stop();
    await expect(channel.post('/agent/v1/status', STATUS)).rejects.toMatchObject({ code: 'agent.server-unreachable' });
    await rm(socketPath, { force: true });
    await standIn.listen(socketPath);
    await channel.post('/agent/v1/status', STATUS);
  } finally {
    channel.close();
  }
});

test('over the network both sides prove who they are', async () => {
  const server = await makeTlsFiles(folder, 'server');
  const client = await makeTlsFiles(folder, 'client');
  const stranger = await makeTlsFiles(folder, 'stranger');
  const [cert, key, ca] = await Promise.all([server.cert, server.key, client.ca].map((file) => readFile(file)));
  secure = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true }, standIn.listener);
  const listening = secure;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = `https://localhost:${(listening.address() as AddressInfo).port}`;
  const post = async (caFile: string, own: { cert: string; key: string }): Promise<void> => {
    const channel = new ServerChannel({ url, caFile, certFile: own.cert, keyFile: own.key, publicKeyFile: '' });
    try {
      await channel.post('/agent/v1/status', STATUS);
    } finally {
      channel.close();
    }
  };
  await post(server.ca, client);
  expect(standIn.statuses).toHaveLength(1);
  await expect(post(stranger.ca, client)).rejects.toMatchObject({ code: 'agent.server-unreachable' });
  await expect(post(server.ca, stranger)).rejects.toMatchObject({ code: 'agent.server-unreachable' });
  expect(standIn.statuses).toHaveLength(1);
});

test('a client key that others can read is refused, and so is a missing file', async () => {
  const files = await makeTlsFiles(folder, 'client');
  const publicKeyFile = join(folder, 'server.pub');
  const gnupgHome = await mkdtemp(join(folder, 'gnupg-'));
  const config: AgentConfig = {
    ldapiSocket: '/none',
    gnupgHome,
    stateFolder: folder,
    smbConfFile: '/none',
    server: { url: 'https://localhost', caFile: files.ca, certFile: files.cert, keyFile: files.key, publicKeyFile },
    pollMs: 250,
    lifeline: 'none',
  };
  await expect(demandSafeFiles(config)).rejects.toMatchObject({
    code: 'agent.file-missing',
    message: `${publicKeyFile} does not exist.`,
  });
  await writeFile(publicKeyFile, '', { mode: 0o644 });
  await demandSafeFiles(config);
  await chmod(files.key, 0o640);
  await expect(demandSafeFiles(config)).rejects.toMatchObject({ remedy: `Run: chmod 600 ${files.key}` });
});
