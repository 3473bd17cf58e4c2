import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type Operation, type OperationId, operations, type Problem } from '@isthmus/contracts';
import { cloudHandlers } from './cloudHandlers.ts';
import { FakeProblem } from './FakeProblem.ts';
import { FakeWorld, type FakeWorldOptions } from './FakeWorld.ts';
import { groupHandlers } from './groupHandlers.ts';
import { notificationHandlers } from './notificationHandlers.ts';
import { onlineAccountHandlers } from './onlineAccountHandlers.ts';
import { otherHandlers } from './otherHandlers.ts';
import { userHandlers } from './userHandlers.ts';

/** The policy of the real server, as strict as it is allowed to be. */
const contentSecurityPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

type AnyHandler = (request: { params: unknown; query: unknown; body: unknown }) => unknown;

interface Route {
  readonly id: OperationId;
  readonly operation: Operation;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

const routes: readonly Route[] = Object.entries(operations)
  .map(([id, operation]) => ({
    id: id as OperationId,
    operation: operation as Operation,
    pattern: new RegExp(`^/api/v1${operation.path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '([^/]+)')}$`),
    names: [...operation.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? ''),
  }))
  // `/users/deactivate` before `/users/:id`
  .sort((a, b) => a.names.length - b.names.length);

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}

function sendProblem(response: ServerResponse, error: unknown): void {
  const known = error instanceof FakeProblem ? error : undefined;
  const problem: Problem = {
    type: 'about:blank',
    title: 'Refused',
    status: known?.status ?? 500,
    code: known?.code ?? 'fake.broken',
    detail: error instanceof Error ? error.message : String(error),
    requestId: 'fake-request',
    ...known?.more,
  };
  response.writeHead(problem.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
}

function follow(world: FakeWorld, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': hello\n\n');
  const listener = (event: unknown): void => void response.write(`data: ${JSON.stringify(event)}\n\n`);
  world.listeners.add(listener);
  response.on('close', () => world.listeners.delete(listener));
}

async function answer(
  world: FakeWorld,
  handlers: Partial<Record<OperationId, AnyHandler>>,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const route = routes.find(
    ({ operation, pattern }) => operation.method === request.method && pattern.test(url.pathname),
  );
  if (route === undefined) throw new FakeProblem(404, 'http.not-found', 'There is no such operation.');
  const { id, operation, pattern, names } = route;
  if (request.headers['x-isthmus-client'] === undefined)
    throw new FakeProblem(403, 'http.no-client', 'The header is missing.');
  if (operation.permission !== 'anybody' && !world.signedIn)
    throw new FakeProblem(401, 'session.none', 'Sign in first.');
  const failure = world.failures.get(id);
  if (failure !== undefined) throw new FakeProblem(failure.status, failure.code, failure.detail, failure);
  const values = pattern.exec(url.pathname)?.slice(1) ?? [];
  const params = operation.params?.parse(
    Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')])),
  );
  if (operation.produces === 'text/csv') {
    response.writeHead(200, { 'content-type': 'text/csv' }).end('name,state\r\n');
    return;
  }
  const query = operation.query?.parse(Object.fromEntries(url.searchParams));
  const body = operation.body?.parse(await bodyOf(request));
  const handler = handlers[id];
  if (handler === undefined) throw new FakeProblem(501, 'fake.missing', `The fake API lacks ${id}.`);
  const result = await handler({ params, query, body });
  if (operation.response === undefined) {
    response.writeHead(204).end();
    return;
  }
  const text = JSON.stringify(operation.response.parse(result));
  response.writeHead(operation.status ?? 200, { 'content-type': 'application/json' }).end(text);
}

async function sendFile(folder: string, response: ServerResponse, path: string): Promise<void> {
  // A path may end in the name of a domain, which looks like the ending of a file.
  const wanted = extname(path) in contentTypes ? normalize(path) : '/index.html';
  const content = await readFile(join(folder, wanted)).catch(() => undefined);
  if (content === undefined) {
    response.writeHead(404).end();
    return;
  }
  response
    .writeHead(200, {
      'content-type': contentTypes[extname(wanted)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
    })
    .end(content);
}

export interface FakeServer extends AsyncDisposable {
  readonly url: string;
  readonly world: FakeWorld;
  stop(): Promise<void>;
}

/** Serves the built dashboard and an API in memory that speaks exactly the contracts. For tests and for developing. */
export async function startFakeServer(
  folder: string,
  options: Partial<FakeWorldOptions> = {},
  port = 0,
): Promise<FakeServer> {
  const world = new FakeWorld(options);
  const handlers = {
    ...otherHandlers(world),
    ...cloudHandlers(world),
    ...groupHandlers(world),
    ...userHandlers(world),
    ...onlineAccountHandlers(world),
    ...notificationHandlers(world),
  } as Partial<Record<OperationId, AnyHandler>>;
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/api/v1/events') return follow(world, response);
    const work = url.pathname.startsWith('/api/')
      ? answer(world, handlers, request, response, url)
      : sendFile(folder, response, url.pathname);
    work.catch((error: unknown) => sendProblem(response, error));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${address.port}`, world, stop, [Symbol.asyncDispose]: stop };
}
