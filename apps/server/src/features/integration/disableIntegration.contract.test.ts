import { Secret } from '@isthmus/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../http/Actor.ts';
import { fillLinkedPeople } from '../../testing/fillLinkedPeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { findDisabledIntegration, forgetDisabled } from './disabledIntegration.ts';
import { disableIntegration } from './disableIntegration.ts';
import type { IntegrationParts } from './IntegrationParts.ts';
import { findIntegrationCredentials, findIntegrationRecord, saveIntegration } from './integrationRecord.ts';
import type { SetUpAttempts } from './SetUpAttempts.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const by = { actor: { userName: 'ana', address: '127.0.0.1' } as Actor, requestId: 'request' };
const attempts = { findAlive: () => undefined } as unknown as SetUpAttempts;

let world: TestPlatform;

beforeEach(async () => {
  world = await startTestPlatform();
  await fillLinkedPeople(world.database, 3);
  const credentials = { tenantId: TENANT, clientId: 'client', certificatePem: '', privateKeyPem: new Secret('key') };
  const record = {
    tenantId: TENANT,
    tenantName: 'Contoso',
    initialDomain: 'contoso.onmicrosoft.com',
    defaultDomain: 'contoso.com',
    defaultUsageLocation: 'DE',
    clientId: 'client',
    applicationName: 'Isthmus',
    certificatePem: '',
    certificateExpiresAt: '2028-01-01T00:00:00.000Z',
    integratedAt: '2026-01-01T00:00:00.000Z',
    integratedBy: 'ana',
  };
  await saveIntegration(world.platform, record, credentials);
});
afterEach(() => world.drop());

const run = (disconnect: () => Promise<void> = () => Promise.resolve()) =>
  disableIntegration(
    world.platform,
    { disconnect } as unknown as IntegrationParts,
    attempts,
    { remember: true, confirm: 'Contoso', dryRun: false },
    by,
  );

test('a run that was cut off in any place is finished by the next one', async () => {
  await expect(run(() => Promise.reject(new Error('the power went')))).rejects.toThrow('the power went');
  expect(await findIntegrationRecord(world.platform.settings)).toBeDefined();
  const { secrets } = world.platform;
  const broken = { ...secrets, remove: () => Promise.reject(new Error('the disk went')) };
  const whole = world.platform;
  world = { ...world, platform: { ...whole, secrets: broken as never } };
  await expect(run()).rejects.toThrow('the disk went');
  world = { ...world, platform: whole };
  expect(await run()).toMatchObject({ done: true });
  expect(await findIntegrationCredentials(world.platform)).toBeUndefined();
  expect(await findDisabledIntegration(world.platform.settings)).toMatchObject({ links: 3, remembers: true });
});

test('while a job runs, nothing is disabled', async () => {
  await world.database
    .insertInto('job')
    .values({
      id: '22222222-2222-4222-8222-222222222222',
      kind: 'remove-users',
      title: 'Remove 3 people',
      state: 'running',
      started_by: 'ana',
      input: '{}',
      created_at: new Date(),
    })
    .execute();
  await expect(run()).rejects.toMatchObject({ code: 'integration.jobs-running' });
  expect(await findIntegrationCredentials(world.platform)).toBeDefined();
});

test('another tenant never meets what is remembered of the former', async () => {
  await run();
  const remembered = () => world.database.selectFrom('remembered_link').selectAll().execute();
  expect(await remembered()).toHaveLength(3);
  await forgetDisabled(world.platform, '33333333-3333-4333-8333-333333333333');
  expect(await remembered()).toEqual([]);
  expect(await findDisabledIntegration(world.platform.settings)).toBeUndefined();
});

test('what was remembered of an earlier link gives way to the link that is there', async () => {
  const [link] = await world.database.selectFrom('link').selectAll().limit(1).execute();
  if (link === undefined) throw new Error('Somebody is linked');
  const { anchor: _, ...earlier } = link;
  const other = '44444444-4444-4444-8444-444444444444';
  await world.database
    .insertInto('remembered_link')
    .values({ ...earlier, online_account_id: other, hold: 'locked' })
    .execute();
  await run();
  const remembered = await world.database
    .selectFrom('remembered_link')
    .select(['online_account_id', 'hold'])
    .where('user_id', '=', link.user_id)
    .execute();
  expect(remembered).toEqual([{ online_account_id: link.online_account_id, hold: null }]);
});
