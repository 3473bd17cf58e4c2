import { DomainError, ManualClock } from '@isthmus/kernel';
import type { MailboxUsage, MailboxUsageReport, Microsoft365 } from '@isthmus/microsoft365';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fillLinkedPeople } from '../../testing/fillLinkedPeople.ts';
import { sampleOnline, sampleUserId } from '../../testing/samplePeople.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/startTestPlatform.ts';
import { MailboxUsageReader } from './MailboxUsageReader.ts';

let world: TestPlatform;
let clock: ManualClock;
beforeEach(async () => {
  clock = new ManualClock(new Date('2026-06-01T00:00:00Z'));
  world = await startTestPlatform(clock);
});
afterEach(() => world.drop());

const mailbox = (upn: string, storageBytes: number): MailboxUsage => ({
  upn,
  displayName: `Name of ${upn}`,
  storageBytes,
  quotaBytes: 100,
});

function tenantTells(report: () => Partial<MailboxUsageReport>) {
  const mailboxUsage = vi.fn(async () => ({ day: '2026-05-30', namesAreHidden: false, mailboxes: [], ...report() }));
  world.connections.microsoft365 = { tenant: { mailboxUsage } } as unknown as Microsoft365;
  return mailboxUsage;
}

test('tells the five largest, whose they are, and all of them together', async () => {
  await fillLinkedPeople(world.platform.database, 2);
  tenantTells(() => ({
    mailboxes: [
      ...[10, 20, 30, 40, 50].map((size) => mailbox(`m${size}@contoso.com`, size)),
      mailbox(sampleOnline(1).upn.toUpperCase(), 35),
    ],
  }));
  const usage = await new MailboxUsageReader(world.platform).read();
  expect(usage).toMatchObject({ day: '2026-05-30', mailboxCount: 6, storageBytes: 185, missingPermissions: [] });
  expect(usage.largest.map(({ storageBytes }) => storageBytes)).toEqual([50, 40, 35, 30, 20]);
  expect(usage.largest.map(({ userId }) => userId)).toEqual([null, null, sampleUserId(1), null, null]);
});

test('tells no names where the tenant hides them', async () => {
  tenantTells(() => ({ namesAreHidden: true, mailboxes: [mailbox('A1B2', 1)] }));
  const { largest, namesAreHidden } = await new MailboxUsageReader(world.platform).read();
  expect({ largest, namesAreHidden }).toMatchObject({ namesAreHidden: true, largest: [{ upn: null, userId: null }] });
});

test('loads a report once an hour, and anew for another connection', async () => {
  const reader = new MailboxUsageReader(world.platform);
  const first = tenantTells(() => ({}));
  await reader.read();
  await reader.read();
  expect(first).toHaveBeenCalledTimes(1);
  clock.advance(3_600_000);
  await reader.read();
  expect(first).toHaveBeenCalledTimes(2);
  const other = tenantTells(() => ({ mailboxes: [mailbox('other@fabrikam.com', 1)] }));
  expect(await reader.read()).toMatchObject({ mailboxCount: 1 });
  expect(other).toHaveBeenCalledTimes(1);
});

test('names the permission that is missing', async () => {
  tenantTells(() => {
    throw new DomainError({ code: 'online.not-permitted', message: 'No.' });
  });
  expect(await new MailboxUsageReader(world.platform).read()).toMatchObject({
    day: null,
    missingPermissions: ['Reports.Read.All'],
  });
});
