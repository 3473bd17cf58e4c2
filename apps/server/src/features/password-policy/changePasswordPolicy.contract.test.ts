import { permissionsOf } from '@isthmus/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../http/Actor.ts';
import { sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { changePasswordPolicy } from './changePasswordPolicy.ts';
import { watchPolicy } from './watchPolicy.ts';

const actor: Actor = {
  sessionId: '00000000-0000-4000-8000-000000000001',
  userId: sampleUserId(1),
  userName: 'amelia',
  displayName: 'Amelia Brandt',
  role: 'administrator',
  permissions: permissionsOf.administrator,
  address: '127.0.0.1',
};
const call = { actor, requestId: 'request' };

let world: TestPlatform;

beforeEach(async () => {
  world = await startTestPlatform();
});
afterEach(() => world.drop());

const change = (request: { password?: string; dryRun?: boolean }) =>
  changePasswordPolicy(world.platform, call, { changes: { minimumLength: 10 }, dryRun: false, ...request });

async function recorded() {
  const rows = await world.database.selectFrom('audit').select(['action', 'result', 'changes']).execute();
  return rows.map(({ action, result, changes }) => [action, result, changes]);
}

test('a dry run tells what would change, and changes nothing', async () => {
  expect(await change({ dryRun: true })).toMatchObject({
    changes: [{ field: 'minimumLength', before: '7', after: '10' }],
    problems: [],
  });
  expect((await world.directory.info()).passwordPolicy.minimumLength).toBe(7);
  expect(await recorded()).toEqual([]);
});

test('it is changed with the caller’s own name and password, recorded, and the alert ends', async () => {
  await watchPolicy(world.platform);
  const alerts = () => world.database.selectFrom('alert').select('code').where('state', '=', 'active').execute();
  expect(await alerts()).toEqual([{ code: 'passwords.policy-weak' }]);
  expect(await change({ password: 'Her-Own-1' })).toMatchObject({ policy: { minimumLength: 10 } });
  expect(world.directory.policyChangedBy).toBe('amelia');
  const changes = [{ field: 'minimumLength', before: '7', after: '10' }];
  expect(await recorded()).toEqual([['password-policy.change', 'done', changes]]);
  await watchPolicy(world.platform);
  expect(await alerts()).toEqual([]);
});

test('without a password nothing is tried, and a refusal of the directory is recorded', async () => {
  await expect(change({})).rejects.toMatchObject({ code: 'passwords.confirmation-needed', field: 'password' });
  world.directory.isReachable = false;
  await expect(change({ password: 'Her-Own-1' })).rejects.toMatchObject({ code: 'directory.unreachable' });
  expect((await recorded()).map(([action, result]) => [action, result])).toEqual([
    ['password-policy.change', 'failed'],
  ]);
});
