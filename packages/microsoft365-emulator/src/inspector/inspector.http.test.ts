import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { clientWith, newUser, startTrusted } from '../testing/TestTenant.ts';
import { labelOf, shownRecord } from './shownRecord.ts';

let emulator: Emulator;
let cookie: string;

beforeAll(async () => {
  emulator = await startTrusted();
  const entered = await enter(emulator.controlKey);
  cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(() => emulator.close());

function enter(key: string): Promise<Response> {
  const body = new URLSearchParams({ key });
  return fetch(`${emulator.url}/_emulator/view/enter`, { method: 'POST', body, redirect: 'manual' });
}

async function look(path: string, headers: Record<string, string> = { cookie }): Promise<[number, string]> {
  const answer = await fetch(`${emulator.url}/_emulator${path}`, { headers });
  return [answer.status, await answer.text()];
}

test('nobody looks inside without the control key', async () => {
  expect((await enter('wrong')).status).toBe(403);
  const users = `/view/tenants/${emulator.tenantId}/users`;
  for (const path of ['/', users, '/view/requests', '/view/requests/new']) {
    for (const headers of [{}, { cookie: 'emulator-inspector=wrong' }]) {
      const [status, page] = await look(path, headers);
      expect(status).toBe(401);
      expect(page).not.toContain(emulator.administrator.username);
    }
  }
  expect(cookie).not.toContain(emulator.controlKey);
});

test('every kind of object appears by itself, without its secrets', async () => {
  const graph = await clientWith(emulator);
  const { id } = (await graph('POST', '/users', newUser('ada', { displayName: '<b>Ada</b>' }))).body;
  expect((await look('/'))[1]).toContain(`/view/tenants/${emulator.tenantId}/appRoleAssignments`);
  const [, list] = await look(`/view/tenants/${emulator.tenantId}/users?find=ada@`);
  expect(list).toContain('&lt;b&gt;Ada&lt;/b&gt;');
  expect(list).not.toContain(emulator.administrator.username);
  const [status, record] = await look(`/view/tenants/${emulator.tenantId}/users/${id}`);
  expect(status).toBe(200);
  expect(record).toContain('&quot;salt&quot;: &quot;[masked]&quot;');
  expect((await look(`/view/tenants/${emulator.tenantId}/users/nobody`))[0]).toBe(404);
  expect((await look(`/view/tenants/${emulator.tenantId}/nonsense`))[0]).toBe(404);
});

test('the request log is filtered and continued', async () => {
  const graph = await clientWith(emulator);
  await graph('GET', '/users', undefined, { 'client-request-id': 'first' });
  const [, page] = await look('/view/requests?clientRequestId=first&url=&method=&status=');
  expect(page.match(/class="request"/g)).toHaveLength(1);
  expect(page).toContain('2 RU, Test');
  const latest = /data-latest="(\d+)"/.exec(page)?.[1];
  await graph('GET', '/users/nobody', undefined, { 'client-request-id': 'second' });
  const [, rows] = await look(`/view/requests/new?after=${latest}&url=&status=`);
  expect(rows).toContain('second');
  expect(rows).not.toContain('first');
  expect((await look(`/view/requests/new?after=${latest}&status=200`))[1]).toBe('');
});

test('records are named by what people call them, and cut where they are long', () => {
  expect(labelOf({ id: '1', properties: { displayName: 'Ada' } })).toBe('Ada');
  expect(labelOf({ id: '1', value: { properties: { userPrincipalName: 'ada@x' } } })).toBe('ada@x');
  expect(labelOf({ id: '1', count: 3 })).toBe('1');
  expect(shownRecord({ secretText: 's', privateJwk: { d: 'd' }, text: 'x'.repeat(3000) })).toEqual({
    secretText: '[masked]',
    privateJwk: '[masked]',
    text: `${'x'.repeat(2000)}… (3000 characters)`,
  });
});
