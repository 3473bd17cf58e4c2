import { DomainError, ManualClock } from '@isthmus/kernel';
import type { Microsoft365, ServiceIssue, ServiceMessage } from '@isthmus/microsoft365';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { getServiceHealth } from './getServiceHealth.ts';

const issue: ServiceIssue = {
  id: 'EX1',
  service: 'Exchange Online',
  title: 'Mail is late',
  impact: 'Mail arrives late.',
  isIncident: true,
  startedAt: new Date('2026-05-31T00:00:00Z'),
};
const message: ServiceMessage = {
  id: 'MC1',
  services: ['Exchange Online'],
  title: 'Basic authentication ends',
  isMajorChange: false,
  actionBy: new Date('2026-07-01T00:00:00Z'),
  updatedAt: new Date('2026-05-01T00:00:00Z'),
};

let world: TestPlatform;
beforeEach(async () => {
  world = await startTestPlatform(new ManualClock(new Date('2026-06-01T00:00:00Z')));
});
afterEach(() => world.drop());

function tenantAnswers(issues: () => readonly ServiceIssue[], messages: () => readonly ServiceMessage[]): void {
  const tenant = { serviceIssues: async () => issues(), serviceMessages: async () => messages() };
  world.connections.microsoft365 = { tenant } as unknown as Microsoft365;
}

test('tells what concerns services in use, and of announcements only those that ask for something', async () => {
  tenantAnswers(
    () => [issue, { ...issue, id: 'PB1', service: 'Power BI' }],
    () => [
      message,
      { ...message, id: 'MC2', actionBy: undefined },
      { ...message, id: 'MC3', actionBy: new Date('2026-05-01T00:00:00Z') },
      { ...message, id: 'MC4', actionBy: undefined, isMajorChange: true },
      { ...message, id: 'MC5', services: ['Power BI'] },
    ],
  );
  const health = await getServiceHealth(world.platform);
  expect(health.issues.map(({ id }) => id)).toEqual(['EX1']);
  expect(health.messages.map(({ id }) => id)).toEqual(['MC1', 'MC4']);
  expect(health.missingPermissions).toEqual([]);
});

test('names the permission that is missing, and tells the rest', async () => {
  tenantAnswers(
    () => [issue],
    () => {
      throw new DomainError({ code: 'online.not-permitted', message: 'No.' });
    },
  );
  expect(await getServiceHealth(world.platform)).toMatchObject({
    issues: [{ id: 'EX1' }],
    messages: [],
    missingPermissions: ['ServiceMessage.Read.All'],
  });
});
