import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { clientWith, newUser, startTrusted, type TestAnswer, type TestClient } from '../testing/TestTenant.ts';

let emulator: Emulator;
let graph: TestClient;

interface Round {
  readonly objects: Record<string, unknown>[];
  readonly link: string;
}

beforeAll(async () => {
  const users = Array.from({ length: 450 }, (_, index) => ({ userPrincipalName: `worker${index}` }));
  emulator = await startTrusted({ seed: { users } });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.control.reset();
  graph = await clientWith(emulator);
});

async function round(start: string, headers: Record<string, string> = {}): Promise<Round> {
  const objects: Record<string, unknown>[] = [];
  let answer: TestAnswer = await graph('GET', start, undefined, headers);
  for (;;) {
    expect(answer.status).toBe(200);
    objects.push(...answer.body.value);
    const next = answer.body['@odata.nextLink'];
    if (next === undefined) return { objects, link: answer.body['@odata.deltaLink'] };
    answer = await graph('GET', next, undefined, headers);
  }
}

test('the first round shows everybody, the next one nobody, and later ones what changed', async () => {
  const first = await round('/users/delta?$select=displayName,accountEnabled,jobTitle');
  expect(first.objects).toHaveLength(451);
  expect(first.objects[0]).not.toHaveProperty('jobTitle');
  const second = await round(first.link);
  expect(second.objects).toEqual([]);
  const { id } = (await graph('POST', '/users', newUser('ada'))).body;
  await graph('PATCH', `/users/${id}`, { jobTitle: 'Engineer' });
  await graph('PATCH', `/users/${id}`, { jobTitle: null });
  const third = await round(second.link);
  expect(third.objects).toEqual([{ displayName: 'ada', accountEnabled: true, jobTitle: null, id }]);
  await graph('DELETE', `/users/${id}`);
  const fourth = await round(third.link);
  expect(fourth.objects).toEqual([{ id, '@removed': { reason: 'changed' } }]);
  await graph('DELETE', `/directory/deletedItems/${id}`);
  const fifth = await round(fourth.link);
  expect(fifth.objects).toEqual([{ id, '@removed': { reason: 'deleted' } }]);
});

test('a change of a property that was not asked for is not told', async () => {
  const { link } = await round('/users/delta?$select=displayName');
  await graph('PATCH', '/users/worker1@contoso.onmicrosoft.com', { jobTitle: 'Engineer' });
  expect((await round(link)).objects).toEqual([]);
});

test('only what changed is shown to whoever asks for the minimum', async () => {
  const { link } = await round('/users/delta?$select=displayName,jobTitle');
  await graph('PATCH', '/users/worker1@contoso.onmicrosoft.com', { jobTitle: 'Engineer' });
  const { objects } = await round(link, { prefer: 'return=minimal' });
  expect(objects).toEqual([{ jobTitle: 'Engineer', id: expect.any(String) }]);
});

test('what changes while the first round is under way is in the next one', async () => {
  const first = await graph('GET', '/users/microsoft.graph.delta()?$select=displayName');
  await graph('PATCH', '/users/worker1@contoso.onmicrosoft.com', { displayName: 'Renamed' });
  const rest = await round(first.body['@odata.nextLink']);
  expect((await round(rest.link)).objects.map((user) => user['displayName'])).toEqual(['Renamed']);
});

test('starting from now shows only what comes after', async () => {
  const { objects, link } = await round('/users/delta()?$deltatoken=latest');
  expect(objects).toEqual([]);
  await graph('PATCH', '/users/worker1@contoso.onmicrosoft.com', { displayName: 'Renamed' });
  expect((await round(link)).objects).toHaveLength(1);
});

test('a round can be about some people only', async () => {
  const { id } = (await graph('GET', '/users/worker1@contoso.onmicrosoft.com?$select=id')).body;
  const { objects, link } = await round(`/users/delta?$filter=id eq '${id}'`);
  expect(objects).toHaveLength(1);
  await graph('PATCH', '/users/worker2@contoso.onmicrosoft.com', { displayName: 'Renamed' });
  expect((await round(link)).objects).toEqual([]);
});

test('a link that is too old makes the caller start again, in either of the two ways there are', async () => {
  emulator.control.change({ accessTokenSeconds: 30 * 24 * 3600 });
  graph = await clientWith(emulator);
  const { link } = await round('/users/delta');
  emulator.control.advanceClock(8 * 24 * 3600_000);
  const inTheField = await graph('GET', link);
  expect(inTheField.body.error.message).toBe('DeltaLink older than 30 days is not supported.');
  emulator.control.change({ expiredDeltaAnswer: 'gone' });
  const documented = await graph('GET', link);
  expect(documented.status).toBe(410);
  expect(documented.headers.get('location')).toContain('$deltatoken=');
});
