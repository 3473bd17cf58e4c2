import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from '../test-support/eventually.ts';
import { type OpenDashboard, openDashboard } from '../test-support/openDashboard.ts';

const focusedRow = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') ?? null);
const status = (page: Page) => page.getByRole('status').filter({ hasText: 'user' });

async function openGrid(dashboard: OpenDashboard, path = '/users'): Promise<void> {
  await dashboard.open(path);
  await dashboard.page.getByRole('grid', { name: 'Users' }).waitFor();
  await dashboard.page.getByRole('row').nth(3).waitFor();
}

test('ten thousand people are a grid that draws only what is seen, walked by keys', async () => {
  await using dashboard = await openDashboard({ world: { people: 10_000 } });
  const { page } = dashboard;
  await openGrid(dashboard);
  const grid = page.getByRole('grid', { name: 'Users' });
  expect(await grid.getAttribute('aria-rowcount')).toBe('10001');
  expect(await page.getByRole('row').count()).toBeLessThan(40);
  await page.locator('[data-cell="0,1"]').focus();
  await page.keyboard.press('Control+End');
  await eventually(() => focusedRow(page)).toBe('10001');
  await page
    .getByRole('gridcell', { name: /@contoso.com/ })
    .first()
    .waitFor();
  await page.keyboard.press('Control+Home');
  await eventually(() => focusedRow(page)).toBe('2');
  await page.keyboard.press('PageDown');
  await eventually(async () => Number(await focusedRow(page))).toBeGreaterThan(6);
  expect(await page.locator('[role=grid] [tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await eventually(() => focusedRow(page)).toBe('1');
});

test('the filter follows the keys, shows n of the total, and Esc clears it', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await openGrid(dashboard);
  await page.keyboard.press('Control+e');
  await page.keyboard.type('smith');
  await eventually(() => status(page).first().textContent()).toMatch(/^\d+ of \d+ users/);
  expect(new URL(page.url()).searchParams.get('q')).toBe('smith');
  await page.keyboard.press('Escape');
  await eventually(() => new URL(page.url()).search).toBe('');
});

test('the address of the page reproduces the view', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await openGrid(dashboard, '/users?filter=without-online-account&sort=-userName');
  await page.getByRole('button', { name: /Show: Without online account \(12\)/ }).waitFor();
  expect(await page.getByRole('columnheader', { name: 'User name' }).getAttribute('aria-sort')).toBe('descending');
  await page.getByRole('button', { name: 'Name', exact: true }).click();
  await eventually(() => new URL(page.url()).searchParams.get('sort')).toBeNull();
});

test('Space, Shift+arrows and Ctrl+A select, and the status line says how many', async () => {
  await using dashboard = await openDashboard({ world: { people: 1000 } });
  const { page } = dashboard;
  await openGrid(dashboard);
  await page.locator('[data-cell="1,1"]').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await eventually(() => status(page).first().textContent()).toContain('3 users selected');
  await page.keyboard.press('Control+a');
  await eventually(() => status(page).first().textContent()).toContain('matching users selected');
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('dialog', { name: /Deactivate [\d,]+ users/ }).waitFor();
});

test('Enter opens the details, arrows take them along, Esc gives the focus back', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await openGrid(dashboard);
  await page.locator('[data-cell="2,1"]').focus();
  const name = await page.locator('[data-cell="2,1"]').textContent();
  const nextName = await page.locator('[data-cell="3,1"]').textContent();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: `Details of ${name}` }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('complementary', { name: `Details of ${nextName}` }).waitFor();
  await page.keyboard.press('Escape');
  await eventually(() => page.getByRole('complementary').count()).toBe(0);
  await eventually(() => focusedRow(page)).toBe('5');
});

test('properties are saved by Save, and not lost by leaving', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await openGrid(dashboard, '/users?open=00000001-0000-4000-8000-000000000002');
  await page.getByRole('textbox', { name: 'Job title' }).fill('Engineer');
  await page.getByRole('button', { name: 'Close the details' }).click();
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill('no address');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('This cannot be right; check the spelling.').waitFor();
  await page.getByRole('textbox', { name: 'E-mail' }).fill('chloe@contoso.com');
  await page.getByRole('button', { name: 'Save' }).click();
  await eventually(() => world.users[2]).toMatchObject({ title: 'Engineer', mail: 'chloe@contoso.com' });
  await eventually(() => page.getByRole('button', { name: 'Save' }).count()).toBe(0);
});

test('more than ten people are removed only after their number was typed; deactivating is offered instead', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await openGrid(dashboard, '/users?q=Abe');
  await page.getByRole('checkbox', { name: 'Select everything in Users' }).click();
  await page.getByRole('button', { name: 'More commands' }).click();
  await page.getByRole('menuitem', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Deactivate instead' }).click();
  await page
    .getByRole('dialog', { name: /^Deactivate/ })
    .getByRole('button', { name: 'Cancel' })
    .click();
  expect(world.users.filter((user) => user.state === 'removed')).toEqual([]);
  await dashboard.open('/users');
  await page.getByRole('checkbox', { name: 'Select everything in Users' }).click();
  await page.getByRole('button', { name: 'More commands' }).click();
  await page.getByRole('menuitem', { name: 'Remove', exact: true }).click();
  const verb = page.getByRole('button', { name: /^Remove \d+ users/ });
  await page.getByRole('textbox', { name: /Type the number/ }).fill('59');
  expect(await verb.getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('textbox', { name: /Type the number/ }).fill('60');
  await verb.click();
  await eventually(() => world.users.every((user) => user.state === 'removed')).toBe(true);
});

test('a command that is not possible says why', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await openGrid(dashboard);
  const reset = page.getByRole('toolbar').getByRole('button', { name: 'Reset password' });
  expect(await reset.getAttribute('aria-disabled')).toBe('true');
  await reset.focus();
  await page.getByRole('tooltip', { name: 'Select a user first' }).waitFor();
});

test('the commands are one tab stop, and what does not fit is in a menu that the keys open and close', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await openGrid(dashboard);
  const toolbar = page.getByRole('toolbar');
  expect(await toolbar.locator('button[tabindex="0"]:visible').count()).toBe(1);
  await toolbar.getByRole('button', { name: 'Add a user account' }).focus();
  await page.keyboard.press('ArrowLeft');
  const more = page.getByRole('button', { name: 'More commands' });
  await eventually(() => more.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menu', { name: 'More commands' }).waitFor();
  expect(await more.getAttribute('aria-expanded')).toBe('true');
  await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('menuitem');
  await page.keyboard.press('Escape');
  await eventually(() => more.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Home');
  await page.keyboard.press('Tab');
  await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
});

test('columns are chosen and remembered', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await openGrid(dashboard);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Department' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('columnheader', { name: 'Department' }).waitFor();
  await page.reload();
  await page.getByRole('columnheader', { name: 'Department' }).waitFor();
});

test('what another tool changes is seen without a reload', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await openGrid(dashboard);
  const user = world.users[0]!;
  user.displayName = 'Aaron Changed';
  await eventually(() => world.listeners.size).toBeGreaterThan(0);
  world.tell({ topic: 'users', ids: [user.id] });
  await page.getByRole('gridcell', { name: 'Aaron Changed', exact: true }).waitFor();
});
