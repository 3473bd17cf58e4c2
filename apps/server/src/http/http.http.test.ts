import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  auditOperations,
  homeOperations,
  jobOperations,
  type Role,
  sessionOperations,
  syncOperations,
  userImportOperations,
  userOperations,
} from '@isthmus/contracts';
import { DomainError, ManualClock, Secret, silentLogger, systemClock } from '@isthmus/kernel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LiveEvents } from '../events/LiveEvents.ts';
import { HashChainedAudit } from '../features/audit/index.ts';
import { createTestDatabase, type TestDatabase } from '../storage/testing/index.ts';
import type { Actor } from './Actor.ts';
import type { Authenticator } from './Authenticator.ts';
import { createHttpServer } from './createHttpServer.ts';
import { registerDashboardFiles } from './dashboardFiles.ts';
import { IdempotencyKeys } from './IdempotencyKeys.ts';
import { registerLiveEventStream } from './liveEventStream.ts';
import { OperationRouter } from './OperationRouter.ts';
import { OwnCertificates } from './tls/OwnCertificates.ts';

let folder: string;
let test: TestDatabase;
let server: FastifyInstance;
let events: LiveEvents;
let certificates: OwnCertificates;
const endedListeners = new Set<(id: string) => void>();
const roles: Record<string, Role> = { 'token-of-ada': 'administrator', 'token-of-rita': 'reader' };
const SESSION = '0d3c6f3e-6c43-4a57-9f0a-2f1f6a0a0001';

const authenticator: Authenticator = {
  authenticate: async (token): Promise<Actor | undefined> => {
    const role = roles[token];
    if (role === undefined) return undefined;
    const names = { userName: token.slice(9), displayName: token.slice(9), address: '127.0.0.1' };
    return { sessionId: SESSION, userId: SESSION, role, permissions: [], ...names };
  },
  onEnded: (listener) => {
    endedListeners.add(listener);
    return () => endedListeners.delete(listener);
  },
};

let runs = 0;
function registerHandlers(router: OperationRouter): void {
  router.handle(auditOperations.listAudit, async () => {
    throw new TypeError('select password from secret');
  });
  router.handle(homeOperations.getHome, async () => ({ nonsense: true }) as never);
  router.handle(sessionOperations.signOut, async (call) => call.setSessionCookie(null));
  router.handle(userOperations.unlockUser, async ({ params }) => {
    throw new DomainError({ code: 'users.not-found', message: `No ${params.id}.`, remedy: 'Look again.' });
  });
  router.handle(syncOperations.pauseSync, async () => {
    runs += 1;
    return statusWith(runs);
  });
  router.handle(userImportOperations.showFirstPasswords, async () => {
    runs += 1;
    return { items: [{ name: 'Ada', userName: 'ada', upn: 'ada@x.test', password: 'Kf7-Pw4' }] };
  });
  router.handleText(jobOperations.downloadJobResults, async () => ({ fileName: 'a"b.csv', text: 'x' }));
}

function statusWith(linked: number) {
  const side = { updatedAt: null, reachable: true, problem: null, people: 0 };
  return {
    state: 'paused' as const,
    directory: { ...side, server: null, controller: null },
    online: side,
    linked,
    lastPass: null,
    held: null,
    setAside: [],
    passwordCapture: { state: 'ready' as const, detail: '', lastSeenAt: null, waiting: 0, rejected: 0 },
    problem: null,
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-http-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'dist', 'index.html'), '<!doctype html><title>Dashboard</title>');
  await writeFile(join(folder, 'dist', 'assets', 'main-abc123.js'), '1');
  test = await createTestDatabase();
  certificates = new OwnCertificates(join(folder, 'tls'), ['localhost', '127.0.0.1'], systemClock);
  server = await createHttpServer({ tls: await certificates.load(), version: '9.9.9', logger: silentLogger });
  const audit = new HashChainedAudit(test.database, systemClock);
  const idempotencyKeys = new IdempotencyKeys(test.database, systemClock, new Secret(new Uint8Array(32)));
  registerHandlers(new OperationRouter({ server, authenticator, audit, idempotencyKeys }));
  events = new LiveEvents();
  registerLiveEventStream(server, { events, authenticator, heartbeatMs: 50 });
  await registerDashboardFiles(server, join(folder, 'dist'));
  await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close();
  await test.drop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  runs = 0;
});

const asAda = { authorization: 'Bearer token-of-ada' };
const asRita = { authorization: 'Bearer token-of-rita' };
const cookieOfAda = { '__Host-isthmus': 'token-of-ada' };

describe('every answer', () => {
  it('has a request id and the security headers', async () => {
    const { headers } = await server.inject({ url: '/api/v1/openapi.json' });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['strict-transport-security']).toContain('max-age=31536000');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('an operation', () => {
  it('is refused to strangers and to roles without the permission, which is recorded', async () => {
    const stranger = await server.inject({ method: 'GET', url: '/api/v1/audit' });
    expect(stranger.json()).toMatchObject({ status: 401, code: 'session.required' });
    const reader = await server.inject({ method: 'POST', url: '/api/v1/sync/pause', headers: asRita });
    expect(reader.json()).toMatchObject({ status: 403, code: 'session.not-permitted' });
    const entry = await test.database.selectFrom('audit').selectAll().executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ actor: 'rita', action: 'pauseSync', result: 'refused' });
  });

  it('names every wrong field and what to do about it', async () => {
    const answer = await server.inject({ url: '/api/v1/audit?limit=0&subjectUserId=x', headers: asAda });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'http.invalid-input',
      errors: [
        { field: 'limit', code: 'input.too-small', remedy: 'Give at least 1.' },
        { field: 'subjectUserId', code: 'input.invalid-format' },
      ],
    });
  });

  it('answers a domain error with its status, code and remedy', async () => {
    const url = `/api/v1/users/${SESSION}/unlock`;
    const answer = await server.inject({ method: 'POST', url, headers: asAda });
    expect(answer.json()).toMatchObject({ status: 404, code: 'users.not-found', remedy: 'Look again.' });
  });

  it('shows nothing of an unexpected error or a wrong answer of our own', async () => {
    for (const url of ['/api/v1/audit', '/api/v1/home']) {
      const answer = await server.inject({ url, headers: asAda });
      expect(answer.json()).toMatchObject({ status: 500, code: 'server.unexpected' });
      expect(answer.body).not.toContain('secret');
      expect(answer.json().requestId).toBe(answer.headers['x-request-id']);
    }
  });

  it('answers files with a harmless name', async () => {
    const answer = await server.inject({ url: `/api/v1/jobs/${SESSION}/results.csv`, headers: asAda });
    expect(answer.headers['content-disposition']).toBe('attachment; filename="a_b.csv"');
  });

  it('is carried out once for a repeated Idempotency-Key', async () => {
    const send = (key: string, payload: object) =>
      server.inject({
        method: 'POST',
        url: '/api/v1/sync/pause',
        headers: { ...asAda, 'idempotency-key': key },
        payload,
      });
    const first = await send('k1', { a: 1 });
    const second = await send('k1', { a: 1 });
    expect([first.json().linked, second.json().linked, runs]).toEqual([1, 1, 1]);
    expect((await send('k1', { a: 2 })).json()).toMatchObject({ code: 'http.idempotency-key-reused' });
    expect((await send('k2', { a: 1 })).json().linked).toBe(2);
    const rows = await test.database.selectFrom('idempotency_key').selectAll().execute();
    expect(rows).toHaveLength(2);
    await new IdempotencyKeys(
      test.database,
      new ManualClock(new Date(Date.now() + 48 * 3_600_000)),
      new Secret(new Uint8Array(32)),
    ).removeOld();
    expect(await test.database.selectFrom('idempotency_key').selectAll().execute()).toHaveLength(0);
  });
});

describe('an answer that holds secrets', () => {
  it('is never remembered, whatever key the request has', async () => {
    const before = runs;
    const send = () =>
      server.inject({
        method: 'POST',
        url: `/api/v1/jobs/${SESSION}/passwords`,
        headers: { ...asAda, 'idempotency-key': 'secret' },
      });
    expect((await send()).json()).toMatchObject({ items: [{ password: 'Kf7-Pw4' }] });
    expect((await send()).headers['cache-control']).toBe('no-store');
    expect(runs).toBe(before + 2);
    expect(await test.database.selectFrom('idempotency_key').selectAll().execute()).toEqual([]);
  });
});

describe('a change with the session cookie', () => {
  const change = (headers: Record<string, string>) =>
    server.inject({ method: 'POST', url: '/api/v1/sync/pause', cookies: cookieOfAda, headers });

  it.each([
    ['without our header', {}],
    ['from another origin', { 'x-isthmus-client': '1', origin: 'https://evil.example' }],
    ['from another site', { 'x-isthmus-client': '1', 'sec-fetch-site': 'cross-site' }],
    ['from an opaque origin', { 'x-isthmus-client': '1', origin: 'null' }],
  ])('is refused %s', async (_, headers) => {
    expect((await change(headers as Record<string, string>)).json()).toMatchObject({ code: 'http.cross-site-refused' });
    expect(runs).toBe(0);
  });

  it('is accepted from our own page', async () => {
    const headers = { host: 'isthmus.test', origin: 'https://isthmus.test', 'sec-fetch-site': 'same-origin' };
    expect((await change({ ...headers, 'x-isthmus-client': '1' })).statusCode).toBe(200);
  });

  it('clears the cookie with all its attributes at sign-out', async () => {
    const headers = { 'x-isthmus-client': '1' };
    const answer = await server.inject({ method: 'DELETE', url: '/api/v1/session', cookies: cookieOfAda, headers });
    expect(answer.statusCode).toBe(204);
    const cookie = String(answer.headers['set-cookie']);
    for (const part of ['__Host-isthmus=', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']) {
      expect(cookie).toContain(part);
    }
  });
});

describe('bodies', () => {
  it.each([
    ['{"a":', 'application/json', 'http.invalid-input'],
    ['a=1', 'application/x-www-form-urlencoded', 'http.not-json'],
    [`"${'x'.repeat(5 * 1024 * 1024)}"`, 'application/json', 'http.body-too-large'],
  ])('that cannot be used are refused', async (payload, type, code) => {
    const headers = { ...asAda, 'content-type': type };
    const answer = await server.inject({ method: 'POST', url: '/api/v1/sync/pause', headers, payload });
    expect(answer.json()).toMatchObject({ code });
  });
});

describe('files', () => {
  it('of the dashboard are served, hashed ones for ever, and any page address opens it', async () => {
    const asset = await server.inject({ url: '/assets/main-abc123.js' });
    expect(asset.headers['cache-control']).toContain('immutable');
    for (const url of ['/', '/users/42']) {
      const page = await server.inject({ url, headers: { accept: 'text/html' } });
      expect(page.body).toContain('Dashboard');
      expect(page.headers['cache-control']).toBe('no-cache');
    }
  });

  it('that do not exist are a problem, not the dashboard', async () => {
    for (const url of ['/assets/none.js', '/api/v1/none', '/../tls/ca.key', '/%2e%2e/tls/ca.key']) {
      const answer = await server.inject({ url });
      expect([url, answer.json().code]).toEqual([url, 'http.not-found']);
    }
  });

  it('describe the API for programs and for people', async () => {
    const description = (await server.inject({ url: '/api/v1/openapi.json' })).json();
    expect(description.openapi).toBe('3.1.0');
    expect(description.paths['/users/{id}'].get.operationId).toBe('getUser');
    const page = await server.inject({ url: '/api/docs' });
    expect(page.body).toContain('bulk-create');
  });
});

describe('TLS', () => {
  it('is trusted by the authority in the data folder, whose key is private', async () => {
    const { port } = server.server.address() as AddressInfo;
    const ca = await readFile(certificates.authorityFile);
    const call = request({ host: 'localhost', port, path: '/api/health', ca });
    call.end();
    const [response] = await once(call, 'response');
    expect(response.statusCode).toBe(200);
    response.resume();
    expect((await stat(join(folder, 'tls', 'ca.key'))).mode & 0o077).toBe(0);
  });

  it('keeps the certificate while it is good, and renews it in time by the same authority', async () => {
    const names = ['localhost', '127.0.0.1'];
    const first = await certificates.load();
    expect((await new OwnCertificates(join(folder, 'tls'), names, systemClock).load()).cert).toBe(first.cert);
    const authority = await readFile(certificates.authorityFile, 'utf8');
    const nextYear = new ManualClock(new Date(Date.now() + 380 * 86_400_000));
    const renewed = await new OwnCertificates(join(folder, 'tls'), names, nextYear).load();
    expect(renewed.expiresAt.getTime()).toBeGreaterThan(first.expiresAt.getTime());
    expect((await new OwnCertificates(join(folder, 'tls'), [...names, 'new.test'], nextYear).load()).cert).not.toBe(
      renewed.cert,
    );
    expect(await readFile(certificates.authorityFile, 'utf8')).toBe(authority);
  });
});

describe('the event stream', () => {
  async function follow(token: string): Promise<{ text: () => string; ended: Promise<unknown>; stop: () => void }> {
    const { port } = server.server.address() as AddressInfo;
    const headers = { authorization: `Bearer ${token}` };
    const ca = await readFile(certificates.authorityFile);
    const call = request({ host: '127.0.0.1', port, path: '/api/v1/events', headers, ca });
    call.end();
    const [response] = await once(call, 'response');
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    await once(response, 'data');
    return { text: () => text, ended: once(response, 'close'), stop: () => call.destroy() };
  }
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('tells what to read again, beats, and ends with the session', async () => {
    const stream = await follow('token-of-ada');
    events.publish({ topic: 'jobs' });
    await until(() => stream.text().includes('data: {"topic":"jobs"}\n\n') && stream.text().includes(': still here'));
    for (const listener of endedListeners) listener(SESSION);
    await stream.ended;
    await until(() => endedListeners.size === 0);
  });

  it('ends when the session is found expired', async () => {
    roles['token-of-eve'] = 'administrator';
    const stream = await follow('token-of-eve');
    delete roles['token-of-eve'];
    await stream.ended;
  });

  it('is refused to strangers', async () => {
    expect((await server.inject({ url: '/api/v1/events' })).json()).toMatchObject({ code: 'session.required' });
  });
});
