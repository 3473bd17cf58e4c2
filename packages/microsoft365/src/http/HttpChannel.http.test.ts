import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { HttpChannel } from './HttpChannel.ts';

const channel = new HttpChannel({ connections: 2 });
let server: Server | undefined;

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/`;
}

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

test('a zipped answer is read', async () => {
  const url = await serve((_request, response) => {
    response.setHeader('Content-Encoding', 'gzip');
    response.end(gzipSync('{"a":"ä"}'));
  });
  expect(await channel.send({ method: 'GET', url, headers: {} })).toMatchObject({ status: 200, text: '{"a":"ä"}' });
});

test('a connection that breaks after the request may have reached the server', async () => {
  const url = await serve((request) => {
    request.resume().on('end', () => request.socket.resetAndDestroy());
  });
  await expect(channel.send({ method: 'POST', url, headers: {}, body: '{}' })).rejects.toMatchObject({
    name: 'NetworkFailure',
    reached: 'perhaps',
  });
});

test('a connection that nobody accepts has not reached the server', async () => {
  const url = await serve(() => undefined);
  await new Promise((resolve) => server?.close(resolve));
  await expect(channel.send({ method: 'POST', url, headers: {}, body: '{}' })).rejects.toMatchObject({
    reached: 'no',
    reason: 'ECONNREFUSED',
  });
});

test('who gives up gets his own reason', async () => {
  const giveUp = new AbortController();
  const url = await serve(() => giveUp.abort(new Error('enough')));
  await expect(channel.send({ method: 'GET', url, headers: {}, signal: giveUp.signal })).rejects.toThrow('enough');
});
