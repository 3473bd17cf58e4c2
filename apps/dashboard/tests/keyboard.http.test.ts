import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from '../test-support/eventually.ts';
import { type OpenDashboard, openDashboard } from '../test-support/openDashboard.ts';
import { tabTo } from '../test-support/tabTo.ts';

const MOST_ARROWS = 30;

const focusedName = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });

async function openUsers(dashboard: OpenDashboard, path = '/users'): Promise<void> {
  await dashboard.open(path);
  await dashboard.page.getByRole('grid', { name: 'Users' }).waitFor();
  await dashboard.page.getByRole('row').nth(3).waitFor();
}

/** Ticks the first row. */
async function selectFirst(page: Page): Promise<void> {
  await page.locator('[data-cell="0,1"]').focus();
  await page.keyboard.press('Space');
}

/** Runs a command of the bar, or of the menu that holds what has no room in it. */
async function runCommand(page: Page, name: string): Promise<void> {
  await page.getByRole('toolbar').locator('[tabindex="0"]').first().focus();
  await page.keyboard.press('Home');
  for (let pressed = 0; pressed < MOST_ARROWS; pressed += 1) {
    const focused = await focusedName(page);
    if (focused === name) return page.keyboard.press('Enter');
    if (focused === 'More commands') break;
    await page.keyboard.press('ArrowRight');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  for (let pressed = 0; pressed < MOST_ARROWS; pressed += 1) {
    if ((await focusedName(page)) === name) return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${name} is not reached by the keys`);
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, 'button', name);
  await page.keyboard.press('Enter');
}

test('keyboard alone: a person is locked', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await openUsers(dashboard, '/users?filter=active');
  await selectFirst(page);
  await runCommand(page, 'Lock now');
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByText('In Microsoft 365').waitFor();
  const active = world.users.filter(({ state }) => state === 'active').length;
  await press(page, 'Lock now');
  await eventually(() => world.users.filter(({ state }) => state === 'active').length).toBe(active - 1);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('keyboard alone: licenses of one person', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await openUsers(dashboard, '/users?filter=with-online-account');
  await selectFirst(page);
  await runCommand(page, 'Licenses');
  const before = world.users.flatMap(({ online }) => online?.licenses ?? []).length;
  await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
  await tabTo(page, 'checkbox', /Microsoft 365 Business Premium/);
  await page.keyboard.press('Space');
  await press(page, 'Next');
  await page.getByRole('dialog').getByText('In Microsoft 365').waitFor();
  await press(page, 'Change licenses');
  await eventually(() => world.users.flatMap(({ online }) => online?.licenses ?? []).length).toBeGreaterThan(before);
});

test('keyboard alone: sign-in names of several people move to another domain', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await openUsers(dashboard, '/users?filter=with-online-account');
  await selectFirst(page);
  await page.keyboard.press('Shift+ArrowDown');
  await runCommand(page, 'Sign-in names');
  await tabTo(page, 'combobox', 'Domain in Microsoft 365');
  await page.keyboard.type('@contoso.onm');
  await press(page, 'Next');
  await page.getByRole('dialog').getByText('In Microsoft 365').waitFor();
  await press(page, 'Change the names');
  const moved = () => world.users.filter(({ online }) => online?.address.endsWith('@contoso.onmicrosoft.com')).length;
  await eventually(moved).toBe(2);
});

test('keyboard alone: an account is assigned, and Enter never takes one that is not typed', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await openUsers(dashboard, '/users?filter=without-online-account');
  const person = world.users.filter(({ online }) => online === null).length;
  await page.locator('[data-cell="0,1"]').focus();
  await page.keyboard.press('Enter');
  await press(page, /^Assign an online account/);
  await tabTo(page, 'combobox', 'Online account');
  // Quicker than the search: what is offered is still the answer of before.
  await page.keyboard.type('liskov');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('In Microsoft 365').waitFor();
  expect(await page.getByRole('combobox', { name: 'Online account' }).inputValue()).toBe('barbara.liskov@contoso.com');
  await press(page, 'Assign');
  await eventually(() => world.users.filter(({ online }) => online === null).length).toBe(person - 1);
  expect(world.users.filter(({ online }) => online?.address === 'barbara.liskov@contoso.com')).toHaveLength(1);
});

test('keyboard alone: an account that no user has is blocked, and the list shows it by itself', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await dashboard.open('/users/online-accounts');
  await page.getByRole('grid').getByText('info@contoso.com').first().waitFor();
  await selectFirst(page);
  await runCommand(page, 'Block online sign-in');
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await dialog.getByText('No user has this account').waitFor();
  await dialog.getByText('In Microsoft 365').waitFor();
  await press(page, 'Block');
  await page.getByRole('grid').getByText('Blocked').first().waitFor();
});

test('keyboard alone: somebody is off-boarded', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await openUsers(dashboard, '/users?filter=with-online-account');
  await selectFirst(page);
  await runCommand(page, 'Off-board');
  await page.getByRole('dialog').getByRole('heading', { level: 2 }).waitFor();
  await press(page, 'Next');
  await page.getByRole('dialog').getByText('In Microsoft 365').waitFor();
  await press(page, /^Off-board/);
  await eventually(() => world.users.some(({ online }) => online?.hold === 'off-boarded')).toBe(true);
});
