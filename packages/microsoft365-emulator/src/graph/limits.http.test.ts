import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { clientWith, newUser, startTrusted, type TestClient } from '../testing/TestTenant.ts';

let emulator: Emulator;
let graph: TestClient;

const json = { 'content-type': 'application/json' };

beforeAll(async () => {
  emulator = await startTrusted();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.control.reset();
  graph = await clientWith(emulator);
});

describe('batches', () => {
  test('carry out items side by side, each with its own answer', async () => {
    const requests = [
      { id: 'a', method: 'POST', url: '/users', headers: json, body: newUser('ada') },
      { id: 'b', method: 'GET', url: 'users/nobody@contoso.onmicrosoft.com' },
      { id: 'c', method: 'GET', url: '/organization?$select=id' },
    ];
    const { status, body } = await graph('POST', '/$batch', { requests });
    const statuses = body.responses.map((item: { id: string; status: number }) => [item.id, item.status]);
    expect([status, Object.fromEntries(statuses)]).toEqual([200, { a: 201, b: 404, c: 200 }]);
  });

  test('wait for what they depend on, and fail with it', async () => {
    const upn = 'ada@contoso.onmicrosoft.com';
    const requests = [
      { id: '2', method: 'PATCH', url: `/users/${upn}`, headers: json, body: { jobTitle: 'X' }, dependsOn: ['1'] },
      { id: '1', method: 'POST', url: '/users', headers: json, body: newUser('ada') },
      { id: '3', method: 'GET', url: '/users/nobody', dependsOn: ['2'] },
      { id: '4', method: 'DELETE', url: `/users/${upn}`, dependsOn: ['3'] },
    ];
    const { body } = await graph('POST', '/$batch', { requests });
    const statuses = Object.fromEntries(
      body.responses.map((item: { id: string; status: number }) => [item.id, item.status]),
    );
    expect(statuses).toEqual({ 1: 201, 2: 204, 3: 404, 4: 424 });
    expect((await graph('GET', `/users/${upn}?$select=jobTitle`)).body.jobTitle).toBe('X');
  });

  test('hold at most twenty items with different ids, and bodies with a type', async () => {
    const get = (id: string): object => ({ id, method: 'GET', url: '/organization' });
    const many = Array.from({ length: 21 }, (_, index) => get(String(index)));
    expect((await graph('POST', '/$batch', { requests: many })).body.error.message).toBe(
      'Number of batch request steps exceeds the maximum value of 20.',
    );
    expect((await graph('POST', '/$batch', { requests: [get('a'), get('A')] })).status).toBe(400);
    expect((await graph('POST', '/$batch', { requests: [{ ...get('a'), atomicityGroup: 'x' }] })).status).toBe(400);
    const nested = [{ id: '1', method: 'POST', url: '/$batch', headers: json, body: { requests: [] } }];
    expect((await graph('POST', '/$batch', { requests: nested })).body.responses[0].status).toBe(400);
    const untyped = [{ id: '1', method: 'POST', url: '/users', body: newUser('ada') }];
    expect((await graph('POST', '/$batch', { requests: untyped })).body.responses[0].status).toBe(400);
  });
});

describe('throttling', () => {
  const tooMany = expect.objectContaining({ code: 'TooManyRequests' });

  test('counts resource units and says so', async () => {
    expect((await graph('GET', '/users')).headers.get('x-ms-resource-unit')).toBe('2');
    expect((await graph('GET', '/users?$select=id')).headers.get('x-ms-resource-unit')).toBe('1');
    expect((await graph('GET', '/subscribedSkus')).headers.get('x-ms-resource-unit')).toBe('3');
  });

  test('refuses what is over the budget, and opens again with time', async () => {
    emulator.control.change({ throttling: { mode: 'scaled', factor: 0.002 } });
    const codes: number[] = [];
    for (let i = 0; i < 5; i += 1) codes.push((await graph('GET', '/users')).status);
    expect(codes).toEqual([200, 200, 200, 429, 429]);
    const refused = await graph('GET', '/users');
    expect(refused.body.error).toEqual(tooMany);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(refused.headers.get('x-ms-throttle-scope')).toMatch(/^Tenant_Application\/Read\//);
    expect(refused.headers.get('x-ms-throttle-information')).toBe('ResourceUnitLimitExceeded');
    emulator.control.advanceClock(10_000);
    expect((await graph('GET', '/users')).status).toBe(200);
    emulator.control.change({ throttling: { mode: 'off' } });
    expect((await graph('GET', '/users')).status).toBe(200);
  });

  test('refuses writes over their own budget, item by item in a batch, with or without Retry-After', async () => {
    emulator.control.change({ throttling: { mode: 'scaled', factor: 0.003, retryAfter: null } });
    const requests = Array.from({ length: 11 }, (_, index) => ({
      id: String(index),
      method: 'POST',
      url: '/users',
      headers: json,
      body: newUser(`user${index}`),
    }));
    const { body } = await graph('POST', '/$batch', { requests });
    const refused = body.responses.filter((item: { status: number }) => item.status === 429);
    expect(refused).toHaveLength(2);
    expect(refused[0].headers).not.toHaveProperty('Retry-After');
    emulator.control.change({ throttling: { retryAfter: 'computed' } });
    const [item] = (await graph('POST', '/$batch', { requests: requests.slice(0, 1) })).body.responses;
    expect(Number(item.headers['Retry-After'])).toBeGreaterThan(10);
  });
});

describe('planned faults', () => {
  test('answer in the place of the service, on the calls they are planned for', async () => {
    emulator.control.addFault({
      method: 'GET',
      path: '/v1.0/users/*',
      calls: [2],
      answer: { status: 503, headers: { 'retry-after': '3' }, body: { error: { code: 'serviceNotAvailable' } } },
    });
    const read = async (): Promise<number> => (await graph('GET', '/users/admin@contoso.onmicrosoft.com')).status;
    expect([await read(), await read(), await read()]).toEqual([200, 503, 200]);
  });

  test('cut the connection before or after the work was done', async () => {
    emulator.control.addFault({ method: 'POST', path: '/v1.0/users', reset: 'before' });
    emulator.control.addFault({ method: 'POST', path: '/v1.0/users', calls: [2], reset: 'after' });
    await expect(graph('POST', '/users', newUser('ada'))).rejects.toThrow();
    expect((await graph('GET', '/users/ada@contoso.onmicrosoft.com')).status).toBe(404);
    await expect(graph('POST', '/users', newUser('ada'))).rejects.toThrow();
    expect((await graph('GET', '/users/ada@contoso.onmicrosoft.com')).status).toBe(200);
  });

  test('hit the items of a batch as well', async () => {
    emulator.control.addFault({ path: '/v1.0/organization', answer: { status: 504 } });
    const requests = [{ id: '1', method: 'GET', url: '/organization' }];
    expect((await graph('POST', '/$batch', { requests })).body.responses[0].status).toBe(504);
  });
});

test('a lagging replica shows people late, changed late and gone late', async () => {
  emulator.control.change({ lagMs: { users: 1000 } });
  const { id } = (await graph('POST', '/users', newUser('ada'))).body;
  const read = (): Promise<{ status: number; body: Record<string, unknown> }> =>
    graph('GET', `/users/${id}?$select=jobTitle`);
  expect((await read()).status).toBe(404);
  expect((await graph('PATCH', `/users/${id}`, { jobTitle: 'X' })).status).toBe(404);
  expect((await graph('POST', '/users', newUser('ada'))).status).toBe(400);
  emulator.control.advanceClock(1001);
  await graph('PATCH', `/users/${id}`, { jobTitle: 'Engineer' });
  expect((await read()).body['jobTitle']).toBeNull();
  emulator.control.advanceClock(1001);
  expect((await read()).body['jobTitle']).toBe('Engineer');
  await graph('DELETE', `/users/${id}`);
  expect((await read()).status).toBe(200);
  emulator.control.advanceClock(1001);
  expect((await read()).status).toBe(404);
});
