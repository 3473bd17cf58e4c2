import type { ServerResponse } from 'node:http';
import { type LiveEvent, type Permission, permissionsOf } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { FastifyInstance } from 'fastify';
import type { LiveEvents } from '../events/LiveEvents.ts';
import type { Actor } from './Actor.ts';
import type { Authenticator } from './Authenticator.ts';
import { credentialsOf } from './credentials.ts';
import { API_PREFIX } from './OperationRouter.ts';

const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for so long is gone or broken; it connects again and reads everything. */
const LONGEST_BACKLOG = 1024 * 1024;
const STREAMS_PER_SESSION = 20;

const permissionOfTopic: Readonly<Record<LiveEvent['topic'], Permission>> = {
  users: 'users.read',
  job: 'jobs.read',
  jobs: 'jobs.read',
  sync: 'sync.read',
  integration: 'integration.read',
  alerts: 'users.read',
};

export interface LiveEventStreamOptions {
  readonly events: LiveEvents;
  readonly authenticator: Authenticator;
  readonly heartbeatMs?: number;
}

/** `GET /api/v1/events`: Server-Sent Events for signed-in people; ends with their session. */
export function registerLiveEventStream(server: FastifyInstance, options: LiveEventStreamOptions): void {
  const open = new Map<ServerResponse, string>();
  server.addHook('preClose', async () => {
    for (const response of open.keys()) response.end();
  });
  server.get(`${API_PREFIX}/events`, async (request, reply) => {
    const { token } = credentialsOf(request);
    const actor = token === undefined ? undefined : await options.authenticator.authenticate(token, { touch: true });
    if (token === undefined || actor === undefined) {
      throw new DomainError({ code: 'session.required', message: 'You are not signed in.', remedy: 'Sign in.' });
    }
    if ([...open.values()].filter((id) => id === actor.sessionId).length >= STREAMS_PER_SESSION) {
      throw new DomainError({
        code: 'http.too-many-streams',
        message: 'This session follows too many event streams.',
        remedy: 'Close some windows of the dashboard.',
      });
    }
    reply.hijack();
    const response = reply.raw;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) response.setHeader(name, value);
    }
    open.set(response, actor.sessionId);
    response.once('close', () => open.delete(response));
    stream(response, token, actor, options);
  });
}

function stream(response: ServerResponse, token: string, actor: Actor, options: LiveEventStreamOptions): void {
  const { events, authenticator } = options;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const write = (text: string): void => {
    if (response.writableLength > LONGEST_BACKLOG) response.destroy();
    else response.write(text);
  };
  write('retry: 1000\n: connected\n\n');
  const unsubscribe = events.subscribe((event) => {
    if (permissionsOf[actor.role].includes(permissionOfTopic[event.topic])) write(`data: ${JSON.stringify(event)}\n\n`);
  });
  const stopListening = authenticator.onEnded((sessionId) => {
    if (sessionId === actor.sessionId) response.end();
  });
  // The heartbeat keeps proxies from closing the stream, and finds out that the session has expired meanwhile.
  const heartbeat = setInterval(() => {
    write(': still here\n\n');
    authenticator.authenticate(token, { touch: false }).then(
      (current) => current?.role !== actor.role && response.end(),
      () => undefined,
    );
  }, options.heartbeatMs ?? HEARTBEAT_MS);
  response.once('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
    stopListening();
  });
}
