import { chmod, lstat, mkdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { dirname } from 'node:path';
import { DomainError, type Logger } from '@isthmus/kernel';
import { readPrivateFile } from '@isthmus/sealing';
import { ZodError } from 'zod';
import type { Configuration } from '../config/Configuration.ts';
import { listenError } from './listenError.ts';

/** What the capture agent hands over; each resolves when it is stored durably, and throws a ZodError for nonsense. */
export interface AgentHandlers {
  readonly acceptPassword: (body: unknown) => Promise<void>;
  readonly acceptStatus: (body: unknown) => Promise<void>;
}

export interface AgentEndpoint {
  close(): Promise<void>;
}

const BODY_LIMIT = 64 * 1024;
const LONGEST_SOCKET_PATH = 107;

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new SyntaxError('The body is too large');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** Only the kind: what an error says may repeat the message of the agent, which must never reach the log. */
function kindOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

function isNonsense(error: unknown): boolean {
  return error instanceof ZodError || error instanceof SyntaxError;
}

/**
 * The status tells the agent what to do with the message: 204 forget it, 4xx it will never be accepted, 5xx send it
 * again later.
 */
function answerAgent(handlers: AgentHandlers, logger: Logger): RequestListener {
  const routes = new Map([
    ['/agent/v1/passwords', handlers.acceptPassword],
    ['/agent/v1/status', handlers.acceptStatus],
  ]);
  const answer = async (request: IncomingMessage): Promise<number> => {
    const handler = routes.get(request.url ?? '');
    if (handler === undefined) return 404;
    if (request.method !== 'POST') return 405;
    try {
      await handler(await readBody(request));
      return 204;
    } catch (error) {
      logger.warn({ path: request.url, kind: kindOf(error) }, 'a message of the agent was not accepted');
      return isNonsense(error) ? 400 : 503;
    }
  };
  return (request: IncomingMessage, response: ServerResponse) => {
    void answer(request).then((status) => {
      response.statusCode = status;
      response.end();
    });
  };
}

async function removeStaleSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  // Only one server uses a data folder, so a socket at our place was left by a server that was killed.
  if (found?.isSocket() === true) await rm(path, { force: true });
}

async function listen(server: Server, where: { path: string } | { host: string; port: number }): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function listenOnSocket(path: string, listener: RequestListener): Promise<Server> {
  if (Buffer.byteLength(path) > LONGEST_SOCKET_PATH) {
    throw new DomainError({
      code: 'config.invalid',
      message: `The path of the agent's socket is longer than ${LONGEST_SOCKET_PATH} characters: ${path}`,
      remedy: 'Set agent.socketPath to a shorter path.',
    });
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o750 });
  await removeStaleSocket(path);
  const server = createServer(listener);
  await listen(server, { path }).catch((error: unknown) => {
    throw listenError(error, 'the endpoint of the agent', path);
  });
  // The agent may run as another user of the same group; nobody else may speak here.
  await chmod(path, 0o660);
  return server;
}

async function listenOnTls(
  settings: NonNullable<Configuration['agent']['listen']>,
  listener: RequestListener,
): Promise<Server> {
  const [cert, key, ca] = await Promise.all([
    readFile(settings.certFile),
    readPrivateFile(settings.keyFile),
    readFile(settings.clientCaFile),
  ]);
  const server = createTlsServer(
    { cert, key, ca, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
    listener,
  );
  const { host, port } = settings;
  await listen(server, { host, port }).catch((error: unknown) => {
    throw listenError(error, 'the endpoint of the agent', `${host}:${port}`);
  });
  return server;
}

/** Where capture agents hand over sealed passwords: a local socket, or TLS with certificates on both sides. */
export async function openAgentEndpoint(
  settings: Configuration['agent'],
  handlers: AgentHandlers,
  logger: Logger,
): Promise<AgentEndpoint> {
  const listener = answerAgent(handlers, logger);
  const servers: Server[] = [];
  if (settings.socketPath !== undefined) servers.push(await listenOnSocket(settings.socketPath, listener));
  if (settings.listen !== undefined) servers.push(await listenOnTls(settings.listen, listener));
  const close = (server: Server): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
  return {
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}
