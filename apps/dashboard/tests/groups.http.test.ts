import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { eventually } from '../test-support/eventually.ts';
import { expectClean } from '../test-support/expectClean.ts';
import { openDashboard } from '../test-support/openDashboard.ts';

// Axe takes seconds for each state on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

const focusedRow = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') ?? null);
const command = (page: Page, name: string) => page.getByRole('toolbar').getByRole('button', { name, exact: true });

test('a list of 1,200 groups is walked to its end by keys, and the last one is opened', async () => {
  await using dashboard = await openDashboard({ world: { groups: 1200 } });
  const { page } = dashboard;
  await dashboard.open('/users/groups');
  const grid = page.getByRole('grid', { name: 'Groups' });
  await grid.waitFor();
  expect(await grid.getAttribute('aria-rowcount')).toBe('1201');
  expect(await page.getByRole('row').count()).toBeLessThan(60);
  await page.locator('[data-cell="0,1"]').focus();
  await page.keyboard.press('Control+End');
  await eventually(() => focusedRow(page)).toBe('1201');
  await page.getByRole('gridcell', { name: 'Research 1200', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Research 1200' }).waitFor();
  expect(await command(page, 'Rename or describe').isEnabled()).toBe(true);
});

test('a group behind the first page is found by what is typed', async () => {
  await using dashboard = await openDashboard({ world: { groups: 1200 } });
  const { page } = dashboard;
  await dashboard.open('/users/groups?q=research+1195');
  await page.getByRole('gridcell', { name: 'Research 1195', exact: true }).waitFor();
  expect(await page.getByRole('grid', { name: 'Groups' }).getAttribute('aria-rowcount')).toBe('2');
});

test('groups and one group are clean', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await dashboard.open('/users/groups');
  await page.getByText('Engineering 0002').first().waitFor();
  await expectClean(page, 'groups');
  await dashboard.open('/users/groups?filter=needs-attention');
  await page
    .getByRole('button', { name: /Show all|Clear/ })
    .first()
    .waitFor();
  await expectClean(page, 'no groups');
});
