import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError, silentLogger } from '@isthmus/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { openAgentEndpoint } from './agentEndpoint.ts';
import { issueAuthority, issueCertificate } from './tls/issueCertificates.ts';

let folder: string;
let accepted: unknown[] = [];
let isDown = false;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-agent-'));
  accepted = [];
  isDown = false;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const handlers = {
  acceptPassword: async (body: unknown): Promise<void> => {
    if (isDown) throw new DomainError({ code: 'storage.unreachable', message: 'Down.' });
    accepted.push(z.object({ userId: z.string() }).parse(body));
  },
  acceptStatus: async (body: unknown): Promise<void> => {
    accepted.push(body);
  },
};

type Send = typeof httpRequest;
function post(send: Send, options: RequestOptions, path: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = send({ ...options, method: 'POST', path, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    call.on('error', reject);
    call.end(body);
  });
}

it('takes messages over a private socket and tells what to do with them', async () => {
  const socketPath = join(folder, 'agent.sock');
  const endpoint = await openAgentEndpoint({ socketPath }, handlers, silentLogger);
  const say = (path: string, body: string): Promise<number> => post(httpRequest, { socketPath }, path, body);
  expect((await stat(socketPath)).mode & 0o007).toBe(0);
  expect(await say('/agent/v1/passwords', '{"userId":"a"}')).toBe(204);
  expect(await say('/agent/v1/status', '{}')).toBe(204);
  expect(accepted).toHaveLength(2);
  expect(await say('/agent/v1/passwords', '{"nonsense":1}')).toBe(400);
  expect(await say('/agent/v1/passwords', 'not json')).toBe(400);
  expect(await say('/agent/v1/passwords', `"${'x'.repeat(70_000)}"`)).toBe(400);
  expect(await say('/elsewhere', '{}')).toBe(404);
  isDown = true;
  expect(await say('/agent/v1/passwords', '{"userId":"a"}')).toBe(503);
  await endpoint.close();
});

it('opens its socket over one that a killed server left behind', async () => {
  const socketPath = join(folder, 'agent.sock');
  const left = createServer();
  await new Promise<void>((resolve) => left.listen(socketPath, resolve));
  const endpoint = await openAgentEndpoint({ socketPath }, handlers, silentLogger);
  expect(await post(httpRequest, { socketPath }, '/agent/v1/status', '{}')).toBe(204);
  await endpoint.close();
  left.close();
});

it('takes messages over TLS only from an agent with a certificate', async () => {
  const now = new Date();
  const authority = await issueAuthority('Test', now);
  const [server, agent, stranger] = [
    await issueCertificate(authority, { names: ['127.0.0.1'], purpose: 'server' }, now),
    await issueCertificate(authority, { names: ['agent'], purpose: 'client' }, now),
    await issueCertificate(await issueAuthority('Another', now), { names: ['agent'], purpose: 'client' }, now),
  ] as const;
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const probe = createServer();
  const port = await new Promise<number>((resolve) =>
    probe.listen(0, '127.0.0.1', () => resolve((probe.address() as { port: number }).port)),
  );
  const listen = {
    host: '127.0.0.1',
    port,
    certFile: await file('server.pem', server.certificatePem),
    keyFile: await file('server.key', server.keyPem),
    clientCaFile: await file('ca.pem', authority.certificatePem),
  };
  await expect(openAgentEndpoint({ listen }, handlers, silentLogger)).rejects.toMatchObject({
    code: 'http.port-taken',
  });
  await new Promise((resolve) => probe.close(resolve));
  const endpoint = await openAgentEndpoint({ listen }, handlers, silentLogger);
  const say = (options: object): Promise<number> => {
    const common = { host: '127.0.0.1', port, ca: authority.certificatePem };
    return post(httpsRequest, { ...common, ...options } as RequestOptions, '/agent/v1/status', '{}');
  };
  await expect(say({})).rejects.toThrow();
  await expect(say({ cert: stranger.certificatePem, key: stranger.keyPem })).rejects.toThrow();
  expect(accepted).toHaveLength(0);
  expect(await say({ cert: agent.certificatePem, key: agent.keyPem })).toBe(204);
  await endpoint.close();
});
