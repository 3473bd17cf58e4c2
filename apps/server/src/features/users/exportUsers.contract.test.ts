import { type Operation, permissionsOf, userOperations } from '@isthmus/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../http/Actor.ts';
import type { TextFile } from '../../http/csvFile.ts';
import type { Call, Router } from '../../http/Router.ts';
import { sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { upsertUsers } from '../people/index.ts';
import { listUsers } from './listUsers.ts';
import { registerUserRoutes } from './routes.ts';

const actor: Actor = {
  sessionId: '00000000-0000-4000-8000-000000000001',
  userId: sampleUserId(900),
  userName: 'amelia',
  displayName: 'Amelia',
  role: 'administrator',
  permissions: permissionsOf.administrator,
  address: '127.0.0.1',
};

let parts: TestPlatform;
const files = new Map<string, (call: never) => Promise<TextFile>>();

/** Keeps the handlers of files, to be called with a query as the HTTP shell would. */
const router: Router = {
  handle: () => undefined,
  handleText: (operation, handler) => void files.set(operation.id, handler as (call: never) => Promise<TextFile>),
};

async function exported(query: Readonly<Record<string, string>>): Promise<TextFile> {
  const call: Partial<Call<Operation>> = { query: userOperations.exportUsers.query?.parse(query), actor };
  const handler = files.get('exportUsers');
  if (handler === undefined) throw new TypeError('Nobody answers the file');
  return handler(call as never);
}

const namesIn = (file: TextFile): string[] =>
  file.text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[3] ?? '');

beforeAll(async () => {
  parts = await startTestPlatform();
  registerUserRoutes(router, parts.platform, { people: undefined } as never);
  const many = Array.from({ length: 1200 }, (_, index) =>
    sampleUser(100 + index, { displayName: `Person ${String(index).padStart(4, '0')}`, userName: `p${index}` }),
  );
  const evil = sampleUser(1, { displayName: '=HYPERLINK("http://evil")', userName: 'evil', department: 'Research' });
  const inactive = sampleUser(2, { displayName: 'Ida Inactive', userName: 'ida', enabled: false });
  await upsertUsers(parts.database, [evil, inactive, ...many], new Date());
});

afterAll(() => parts.drop());

test('the file holds everybody, however many pages the screen would take', async () => {
  const names = namesIn(await exported({}));
  expect(names).toHaveLength(1202);
  expect(new Set(names).size).toBe(1202);
});

test('the file holds what the filter and the search find, in the order of the list', async () => {
  expect(namesIn(await exported({ filter: 'inactive' }))).toEqual(['ida']);
  const view = { q: 'Person 000', sort: '-displayName' };
  const shown = await listUsers(parts.platform, { ...view, filter: 'all', offset: 0, limit: 500 }, actor);
  const found = namesIn(await exported(view));
  expect(found).toEqual(shown.items.map((user) => user.userName));
  expect(found.slice(-3)).toEqual(['p2', 'p1', 'p0']);
});

test('a name that is a formula runs nothing', async () => {
  const { text } = await exported({ q: 'evil', bom: 'false' });
  const [header, line] = text.split('\r\n');
  expect(header).toMatch(/^displayName,givenName,surname,userName,/);
  expect(line).toContain(`"'=HYPERLINK(""http://evil"")"`);
});

test('the mark for spreadsheets is there unless it is not wanted', async () => {
  expect((await exported({ q: 'evil' })).text.startsWith('\uFEFF')).toBe(true);
  expect((await exported({ q: 'evil', bom: 'false' })).text.startsWith('displayName')).toBe(true);
});
