import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { expectClean } from '../test-support/expectClean.ts';
import type { FakeWorld } from '../test-support/FakeWorld.ts';
import { openDashboard } from '../test-support/openDashboard.ts';
import { guid, mayOf, sampleTemplates } from '../test-support/people.ts';
import { syncStates } from '../test-support/syncStates.ts';

// Axe takes seconds for each state on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

const SYNC = '/microsoft365/synchronization';

/** Nothing of what this text stands in is cut off or hangs out. */
async function expectWhole(page: Page, role: 'group' | 'region', name: RegExp): Promise<void> {
  const box = page.getByRole(role, { name });
  expect(await box.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeLessThanOrEqual(1);
}

function offBoard(world: FakeWorld, index: number): string {
  const user = world.users[index];
  if (user?.online == null) throw new Error('This one has no online account');
  user.state = 'inactive';
  Object.assign(user.online, { state: 'blocked', signInAllowed: false, hold: 'off-boarded', licenses: [] });
  user.may = mayOf(user);
  return user.id;
}

test.each([
  ['another controller took over', syncStates.failedOver, 'Took over from dc1.head-office.corp.contoso.com'],
  ['a controller was restored', syncStates.restored, 'Holds older data than before'],
  ['a Windows controller', syncStates.windows, 'Not possible'],
  ['neither side can be reached', syncStates.unreachable, 'No domain controller answers.'],
  ['people are set aside', syncStates.setAside, 'Wolfeschlegelsteinhausenbergerdorff Hubert Blaine'],
])('the synchronization: %s', async (state, status, text) => {
  await using dashboard = await openDashboard();
  dashboard.world.sync = status;
  await dashboard.open(SYNC);
  await dashboard.page.getByText(text).first().waitFor();
  await expectClean(dashboard.page, state);
});

test('who can be lost by a full run is said beside the button, and only then', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  const warning = page.getByText(/whoever is not there counts as removed/);
  world.sync = syncStates.failedOver;
  await dashboard.open(SYNC);
  await warning.waitFor();
  expect(await page.getByRole('button', { name: 'Run in full' }).isVisible()).toBe(true);
  world.sync = {};
  await dashboard.open(SYNC);
  await page.getByRole('button', { name: 'Run now' }).waitFor();
  expect(await warning.isVisible()).toBe(false);
});

test('a held pass, before and while it is decided', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  world.syncState = 'held';
  world.sync = syncStates.setAside;
  await dashboard.open(SYNC);
  await page.getByRole('radio', { name: 'Keep' }).first().click();
  await page.getByRole('button', { name: 'Apply: approve 0, keep 1' }).waitFor();
  await expectClean(page, 'one kept');
  await page.getByRole('button', { name: 'Approve all' }).click();
  await page.getByRole('button', { name: 'Apply: approve 7, keep 0' }).waitFor();
  await expectClean(page, 'all approved');
});

test('somebody who leaves', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  for (const index of [2, 6]) {
    const id = offBoard(world, index);
    await dashboard.open(`/users?open=${id}`);
    await page.getByText(/^Off-boarded on/).waitFor();
    await expectWhole(page, 'group', /Off-boarded on/);
    await expectClean(page, `leaving, ${id}`);
  }
});

test('a new user from a template, and the templates', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  world.userTemplates = sampleTemplates();
  await dashboard.open('/users/add');
  await page.getByRole('combobox', { name: 'Template' }).selectOption(guid(12, 1));
  await expectClean(page, 'chosen');
  await page.setViewportSize({ width: 320, height: 700 });
  const right = await page
    .getByRole('combobox', { name: 'Template' })
    .evaluate((element) => element.getBoundingClientRect().right);
  expect(right).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1366, height: 820 });
  await dashboard.open('/settings/templates');
  await page.getByText('Visitors').waitFor();
  await expectClean(page, 'templates');
});
