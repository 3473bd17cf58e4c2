import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleOnline, sampleOnlineId, sampleUser, sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { createPersonStore } from '../people/index.ts';
import { watchEmergencyAccess } from './watchEmergencyAccess.ts';

let world: TestPlatform;

beforeEach(async () => {
  world = await startTestPlatform();
});
afterEach(() => world.drop());

async function alerts(): Promise<string[]> {
  await watchEmergencyAccess(world.platform);
  const rows = await world.database.selectFrom('alert').select('code').where('state', '=', 'active').execute();
  return rows.map(({ code }) => code);
}

async function giveRole(number: number, isGlobal = true): Promise<void> {
  await world.database
    .insertInto('tenant_role')
    .values({ holder_id: sampleOnlineId(number), is_global_administrator: isGlobal })
    .execute();
}

test('says nothing while roles could not be read', async () => {
  expect(await alerts()).toEqual([]);
});

test('warns while every Global Administrator hangs on the directory, and ends with one who does not', async () => {
  const people = createPersonStore(world.platform);
  await people.saveUser(sampleUser(1));
  await people.saveOnline(sampleOnline(1), sampleOnline(2, { signInAllowed: false }), sampleOnline(3), sampleOnline(4));
  const link = { userId: sampleUserId(1), onlineAccountId: sampleOnlineId(1), anchor: sampleUser(1).anchor };
  await people.link([link], 'test');
  await giveRole(1);
  await giveRole(2);
  await giveRole(3, false);
  expect(await alerts()).toEqual(['integration.no-emergency-access']);
  expect((await people.get(sampleUserId(1))).tenantRole).toBe('global-administrator');
  await giveRole(4);
  expect(await alerts()).toEqual([]);
});
