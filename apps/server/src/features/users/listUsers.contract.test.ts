import { permissionsOf, userOperations } from '@isthmus/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../http/Actor.ts';
import { SAMPLE_SKU } from '../../testing/FakeMicrosoft365.ts';
import { sampleOnline, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { createPersonStore, upsertUsers } from '../people/index.ts';
import { getUser } from './getUser.ts';
import { listUsers } from './listUsers.ts';
import { listUserTimeline } from './listUserTimeline.ts';

const actor: Actor = {
  sessionId: '00000000-0000-4000-8000-000000000001',
  userId: sampleUserId(900),
  userName: 'amelia',
  displayName: 'Amelia',
  role: 'administrator',
  permissions: permissionsOf.administrator,
  address: '127.0.0.1',
};
const day = 86_400_000;
const past = (days: number): Date => new Date(Date.now() - days * day);

let test1: TestPlatform;

beforeAll(async () => {
  test1 = await startTestPlatform();
  const { database, platform } = test1;
  const people = createPersonStore(platform);
  await upsertUsers(
    database,
    [
      sampleUser(1, { displayName: 'Zoë Ångström', userName: 'zoe', department: 'Research' }),
      sampleUser(2, { displayName: 'adam Smith', userName: 'adam', mail: 'adam@contoso.com' }),
      sampleUser(3, { displayName: 'Ädelgard Öztürk', userName: 'aedel', enabled: false }),
      sampleUser(4, { displayName: 'Expired Erin', userName: 'erin', expiresAt: past(1) }),
      sampleUser(5, { displayName: 'Locked Lou', userName: 'lou', locked: true }),
      sampleUser(6, { displayName: 'Gone Gil', userName: 'gil' }),
      sampleUser(7, { displayName: 'Long Gone', userName: 'long' }),
      sampleUser(8, { displayName: 'krbtgt', userName: 'krbtgt', builtIn: true }),
      sampleUser(9, { displayName: '', userName: 'nameless', upn: undefined }),
      sampleUser(10, { displayName: 'Domain Admin', userName: 'root', protectedAdministrator: true, upn: undefined }),
      sampleUser(11, { displayName: 'Mo Manager', userName: 'mo', dn: 'CN=Mo\\, Manager,OU=Staff,DC=corp' }),
      sampleUser(12, { displayName: 'Sam', userName: 'sam', managerDn: 'cn=mo\\, manager,ou=staff,dc=corp' }),
    ],
    new Date(),
  );
  await database
    .updateTable('directory_user')
    .set({ access_level: 'administrator' })
    .where('user_name', '=', 'mo')
    .execute();
  await people.saveUserRemoved(sampleUserId(6), past(2));
  await people.saveUserRemoved(sampleUserId(7), past(40));
  await database
    .insertInto('license')
    .values({
      sku_id: SAMPLE_SKU,
      sku_part_number: 'SPB',
      name: 'Business Premium',
      total: 5,
      used: 1,
      state: 'enabled',
      seen_at: new Date(),
    })
    .execute();
  for (const number of [1, 2]) {
    await people.saveOnline(sampleOnline(number, number === 1 ? { skuIds: [SAMPLE_SKU] } : { signInAllowed: false }));
    await people.link(
      [{ userId: sampleUserId(number), onlineAccountId: sampleOnline(number).id, anchor: sampleUser(number).anchor }],
      'test',
    );
  }
});

afterAll(() => test1.drop());

function list(query: { q?: string; filter?: string; sort?: string; offset?: number; limit?: number } = {}) {
  const parsed = userOperations.listUsers.query?.parse(query);
  if (parsed === undefined) throw new TypeError('The operation has a query');
  return listUsers(test1.platform, parsed, actor);
}

async function names(query: Parameters<typeof list>[0]): Promise<string[]> {
  return (await list(query)).items.map((user) => user.userName);
}

describe('the list of people', () => {
  test('is sorted as people sort names, without built-in and removed accounts', async () => {
    expect(await names({})).toEqual(['adam', 'aedel', 'root', 'erin', 'lou', 'mo', 'nameless', 'sam', 'zoe']);
  });

  test('answers what the contract promises', async () => {
    const answer = await list();
    expect(userOperations.listUsers.response?.parse(answer)).toEqual(answer);
    expect(answer.items.find((user) => user.userName === 'zoe')).toMatchObject({
      state: 'active',
      online: { address: 'person1@contoso.example', state: 'active', licenses: [{ name: 'Business Premium' }] },
      password: { state: 'never-captured' },
      may: { deactivate: true, activate: false, createOnlineAccount: false, unlock: false },
    });
    expect(answer.items.find((user) => user.userName === 'adam')?.online?.state).toBe('blocked');
    expect(answer.items.find((user) => user.userName === 'nameless')).toMatchObject({
      displayName: 'nameless',
      state: 'incomplete',
      password: { state: 'not-linked' },
    });
    expect(answer.items.find((user) => user.userName === 'root')).toMatchObject({
      state: 'active',
      may: { deactivate: false, remove: false },
    });
  });

  test.each([
    ['active', ['adam', 'root', 'lou', 'mo', 'nameless', 'sam', 'zoe']],
    ['inactive', ['aedel', 'erin']],
    ['with-online-account', ['adam', 'zoe']],
    ['password-not-in-step', ['adam', 'zoe']],
    ['administrators', ['root', 'mo']],
    ['needs-attention', ['lou', 'nameless']],
    ['license-unused', ['zoe']],
    ['removed', ['gil']],
  ])('the preset %s finds its people, and its number is right', async (filter, expected) => {
    const answer = await list({ filter });
    expect(answer.items.map((user) => user.userName)).toEqual(expected);
    expect(answer.counts[filter as 'active']).toBe(expected.length);
    expect(answer.total).toBe(expected.length);
  });

  test.each([
    ['ÅNGS', ['zoe']],
    ['smith adam', ['adam']],
    ['research', ['zoe']],
    ['person2@contoso', ['adam']],
    ['adam@contoso.com', ['adam']],
    ['100%_', []],
  ])('finds %s as typed', async (q, expected) => {
    const answer = await list({ q });
    expect(answer.items.map((user) => user.userName)).toEqual(expected);
    expect(answer.total).toBe(expected.length);
  });

  test('pages without showing anybody twice, in every order', async () => {
    for (const sort of ['displayName', '-displayName', 'department', 'state', '-online', 'license', 'password']) {
      const pages = await Promise.all([0, 3, 6, 9].map((offset) => names({ sort, offset, limit: 3 })));
      expect(new Set(pages.flat()).size).toBe(9);
    }
  });

  test('refuses an order it does not know', async () => {
    await expect(list({ sort: 'shoeSize' })).rejects.toMatchObject({ code: 'request.sort-unknown', field: 'sort' });
  });

  test('never offers to lock out the caller', async () => {
    const answer = await listUsers(
      test1.platform,
      { filter: 'all', q: 'sam', offset: 0, limit: 10 },
      { ...actor, userId: sampleUserId(12) },
    );
    expect(answer.items[0]?.may).toMatchObject({ deactivate: false, remove: false, change: true });
  });
});

describe('one person', () => {
  test('shows both sides, the manager and where they differ', async () => {
    const people = createPersonStore(test1.platform);
    const sam = await getUser(test1.platform, people, sampleUserId(12), actor);
    expect(userOperations.getUser.response?.parse(sam)).toEqual(sam);
    expect(sam.manager).toEqual({ id: sampleUserId(11), name: 'Mo Manager' });
    const adam = await getUser(test1.platform, people, sampleUserId(2), actor);
    expect(adam.drift).toContainEqual({ field: 'displayName', directory: 'adam Smith', online: 'Person 2' });
    expect(adam.drift).toContainEqual({ field: 'signInAllowed', directory: 'true', online: 'false' });
  });

  test('has a timeline of both sides, newest first', async () => {
    const { platform } = test1;
    const entry = { actor: 'test', sentence: 'Something', side: 'online' as const };
    await platform.timeline.record([{ ...entry, userId: sampleUserId(1), event: 'online.changed' }]);
    await platform.timeline.record([
      { ...entry, userId: null, onlineAccountId: sampleOnline(1).id, event: 'online.sign-in-blocked' },
    ]);
    const { items, total } = await listUserTimeline(platform, sampleUserId(1), { offset: 0, limit: 10 });
    expect(total).toBe(2);
    expect(items.map((item) => item.event)).toEqual(['online.sign-in-blocked', 'online.changed']);
  });
});
