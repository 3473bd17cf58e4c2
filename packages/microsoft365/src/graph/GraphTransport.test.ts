import { isDomainError } from '@isthmus/kernel';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../testing/FakeGraph.ts';
import { fakeTransport, newAccount } from '../testing/fakeTransport.ts';
import { attemptMany } from './batch.ts';
import { bodyOfNewAccount } from './onlineAccountFields.ts';

const options = { lane: 'interactive' } as const;
const read = { method: 'GET', path: '/users?$filter=id eq %27x%27', permission: 'P', purpose: 'read' } as const;
const write = {
  method: 'POST',
  path: '/users',
  body: bodyOfNewAccount(newAccount(1)),
  permission: 'P',
  purpose: 'create',
} as const;

function withFaults(...faults: (Fault | undefined)[]) {
  const parts = fakeTransport();
  parts.graph.fault = () => faults.shift();
  return parts;
}

const status = (code: number, headers?: Record<string, string>): Fault => ({
  kind: 'status',
  status: code,
  ...(headers === undefined ? {} : { headers }),
});

describe('a reading', () => {
  test.each<[string, Fault]>([
    ['a reset connection', { kind: 'reset-after' }],
    ['503', status(503)],
    ['504', status(504)],
    ['429', status(429)],
    ['429 with a time', status(429, { 'retry-after': '4' })],
  ])('is repeated after %s', async (_name, fault) => {
    const { graph, transport } = withFaults(fault);
    expect((await transport.call(read, options)).status).toBe(200);
    expect(graph.sent).toHaveLength(2);
  });

  test('waits as long as a 503 asks', async () => {
    const { timer, transport } = withFaults(status(503, { 'retry-after': '7' }));
    await transport.call(read, options);
    expect(Math.max(...timer.waits.filter((wait) => wait < 30_000))).toBe(7_000);
  });

  test('gives up in time for the person who waits', async () => {
    const { graph, transport, clock } = fakeTransport();
    graph.fault = () => ({ kind: 'reset-before' });
    const from = clock.now().getTime();
    await expect(transport.call(read, options)).rejects.toMatchObject({ code: 'online.unreachable', retryable: true });
    expect(clock.now().getTime() - from).toBeLessThan(120_000);
  });
});

describe('a writing', () => {
  test.each<[string, Fault]>([
    ['a reset connection', { kind: 'reset-after' }],
    ['503', status(503)],
    ['504', status(504)],
  ])('is not repeated blindly after %s', async (_name, fault) => {
    const { graph, transport } = withFaults(fault);
    expect(await transport.attempt(write, options)).toMatchObject({ kind: 'unknown' });
    expect(graph.sent).toHaveLength(1);
  });

  test.each<[string, Fault]>([
    ['a connection that never came about', { kind: 'refused-connection' }],
    ['429', status(429)],
  ])('is repeated after %s', async (_name, fault) => {
    const { graph, transport } = withFaults(fault);
    expect((await transport.call(write, options)).status).toBe(201);
    expect(graph.users.size).toBe(1);
  });
});

test('a refused token is renewed once', async () => {
  const { graph, tokens, transport } = withFaults(status(401));
  await transport.call(read, options);
  expect(tokens.rejected).toBe(1);
  expect(graph.sent.map(({ headers }) => headers['authorization'])).toEqual(['Bearer token-0', 'Bearer token-1']);
});

test('a second refusal of the token is told', async () => {
  const { transport } = withFaults(status(401), status(401));
  await expect(transport.call(read, options)).rejects.toMatchObject({ code: 'online.not-permitted' });
});

test('a missing permission is named', async () => {
  const { transport } = withFaults(status(403));
  const error = await transport.call({ ...read, permission: 'User.Read.All' }, options).catch((thrown) => thrown);
  expect(isDomainError(error, 'online.not-permitted') && error.remedy).toContain('User.Read.All');
});

test('every request carries the id given, and our token goes to no other host', async () => {
  const { graph, transport } = fakeTransport();
  await transport.call(read, { ...options, requestId: 'abc' });
  expect(graph.sent[0]?.headers['client-request-id']).toBe('abc');
  const elsewhere = { ...read, path: 'https://evil.example/v1.0/users' };
  expect(await transport.attempt(elsewhere, options)).toMatchObject({ kind: 'failed' });
  expect(graph.sent).toHaveLength(1);
});

test('who gives up gets his own reason', async () => {
  const { graph, transport } = fakeTransport();
  const giveUp = new AbortController();
  graph.fault = () => {
    giveUp.abort(new Error('enough'));
    return { kind: 'reset-before' };
  };
  await expect(transport.call(read, { ...options, signal: giveUp.signal })).rejects.toThrow('enough');
});

describe('a batch', () => {
  const many = Array.from({ length: 25 }, (_, index) => ({ ...write, body: bodyOfNewAccount(newAccount(index)) }));

  test('repeats only the items that were throttled', async () => {
    const { graph, transport } = fakeTransport();
    let refused = 0;
    graph.fault = (call) => (call.inBatch && refused++ < 5 ? status(429, { 'Retry-After': '1' }) : undefined);
    const outcomes = await attemptMany(transport, many, options);
    expect(outcomes.every((outcome) => outcome.kind === 'answer' && outcome.answer.status === 201)).toBe(true);
    expect(graph.users.size).toBe(25);
    expect(graph.calls.filter(({ path, inBatch }) => path === '/users' && inBatch)).toHaveLength(30);
  });

  test('whose answer is lost leaves each writing in doubt', async () => {
    const { graph, transport } = fakeTransport();
    graph.fault = (call) => (call.path === '/$batch' ? { kind: 'reset-after' } : undefined);
    const outcomes = await attemptMany(transport, many.slice(0, 20), options);
    expect(outcomes.map(({ kind }) => kind)).toEqual(new Array(20).fill('unknown'));
    expect(graph.users.size).toBe(20);
  });
});
