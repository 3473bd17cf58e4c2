import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../support/expectAccessible.ts';
import { openBrowser } from '../support/openBrowser.ts';
import { createOnlineAccounts, integrate, startTestSandbox, type TestSandbox } from '../support/TestSandbox.ts';

const repository = resolve(import.meta.dirname, '..', '..');
/** Every run leaves the pictures here, to be looked at. */
const pictures = join(repository, '.isthmus', 'screenshots');
/** Set by whoever wants the picture of the README made anew. */
const KEEP = 'KEEP_SCREENSHOTS';

/** Longer than any animation of the dashboard. */
const SETTLED_MS = 500;

const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1280 },
  { name: 'dark', colorScheme: 'dark', width: 1280 },
  { name: 'narrow', colorScheme: 'light', width: 320 },
] as const;

const PAGES = [
  ['home', '/'],
  ['users', '/users'],
  ['online-accounts', '/users/online-accounts'],
  ['microsoft365', '/microsoft365'],
  ['sync', '/microsoft365/synchronization'],
  ['jobs', '/activity'],
  ['audit', '/activity/audit'],
  ['alerts', '/alerts'],
  ['settings', '/settings'],
  ['synchronization', '/settings/synchronization'],
] as const;

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  await integrate(sandbox);
  await createOnlineAccounts(sandbox.api, ['SPB']);
  await mkdir(pictures, { recursive: true });
  return () => sandbox.stop();
});

/** A command of the bar, or of its menu where the bar is too narrow. */
async function openCommand(page: Page, name: string): Promise<void> {
  const button = page.getByRole('main').getByRole('button', { name, exact: true });
  if (!(await button.isVisible())) await page.getByRole('main').getByRole('button', { name: 'More commands' }).click();
  await page.getByRole('button', { name, exact: true }).or(page.getByRole('menuitem', { name })).first().click();
}

async function picture(page: Page, name: string): Promise<void> {
  // The event stream never ends, so the network is never idle; the page says itself when it has something to show.
  await page.getByText('Loading…').first().waitFor({ state: 'hidden' });
  await page.waitForTimeout(SETTLED_MS);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

describe.each(LOOKS)('every screen, $name', ({ name: look, colorScheme, width }) => {
  let browser: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser({ colorScheme, width });
    page = await browser.newPage();
    return () => browser.close();
  });

  const expectNoSidewaysScrolling = async (): Promise<void> => {
    const widths = await page.evaluate('[document.documentElement.scrollWidth, window.innerWidth]');
    const [content, window] = widths as [number, number];
    expect(content).toBeLessThanOrEqual(window);
  };

  test('sign-in', async () => {
    await page.goto(sandbox.ready.dashboard.url);
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await picture(page, `sign-in-${look}`);
    await expectAccessible(page, `sign-in, ${look}`);
    await expectNoSidewaysScrolling();
    await page.getByRole('textbox', { name: 'User name' }).fill(sandbox.ready.dashboard.username);
    await page.getByRole('textbox', { name: 'Password' }).fill(sandbox.ready.dashboard.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Home' }).waitFor();
  });

  test.each(PAGES)('%s', async (name, path) => {
    await page.goto(`${sandbox.ready.dashboard.url}${path}`);
    await page.getByRole('main').getByRole('heading').first().waitFor();
    await picture(page, `${name}-${look}`);
    await expectAccessible(page, `${name}, ${look}`);
    await expectNoSidewaysScrolling();
    const keep = process.env[KEEP] !== undefined && name === 'users' && look === 'light';
    if (keep)
      await copyFile(join(pictures, `${name}-${look}.png`), join(repository, 'docs', 'screenshots', 'users.png'));
  });

  test('the effect of sync settings', async () => {
    await page.goto(`${sandbox.ready.dashboard.url}/microsoft365/synchronization`);
    await page.getByRole('combobox', { name: 'Department follows' }).selectOption('company');
    await page.getByRole('button', { name: 'Show the effect' }).click();
    await page.getByText('The next pass would then do:').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).scrollIntoViewIfNeeded();
    await picture(page, `sync-settings-${look}`);
    await expectNoSidewaysScrolling();
    await expectAccessible(page, `sync settings, ${look}`);
    await page.getByRole('heading', { name: 'Properties' }).scrollIntoViewIfNeeded();
    await picture(page, `sync-settings-form-${look}`);
  });

  test('the synchronization of a person', async () => {
    const { items } = await sandbox.api.call('listUsers', { query: { filter: 'with-online-account', limit: 1 } });
    await page.goto(`${sandbox.ready.dashboard.url}/users?open=${items[0]?.id ?? ''}&tab=online-account`);
    await page.getByRole('button', { name: 'Leave alone' }).scrollIntoViewIfNeeded();
    await picture(page, `sync-person-${look}`);
    await expectAccessible(page, `the synchronization of a person, ${look}`);
  });

  test('the details of a person', async () => {
    const { items } = await sandbox.api.call('listUsers', { query: { q: 'zoe.andre' } });
    await page.goto(`${sandbox.ready.dashboard.url}/users?open=${items[0]?.id ?? ''}`);
    const name = 'Details of Zoë André';
    await page.getByRole('complementary', { name }).or(page.getByRole('region', { name })).first().waitFor();
    await picture(page, `user-${look}`);
    await expectAccessible(page, `user, ${look}`);
    await expectNoSidewaysScrolling();
  });

  test('assigning an online account', async () => {
    await page.goto(`${sandbox.ready.dashboard.url}/users/online-accounts?filter=not-linked`);
    const main = page.getByRole('main');
    // The administrator of the tenant, whom nobody in the directory is linked to.
    await main.getByText(sandbox.ready.emulator.administrator.username).first().waitFor();
    await main.getByRole('checkbox').last().click();
    await openCommand(page, 'Assign to a user');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').fill('administrator');
    await picture(page, `assign-${look}`);
    await expectAccessible(page, `assign, ${look}`);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  test('locking a person', async () => {
    const { items } = await sandbox.api.call('listUsers', { query: { q: 'zoe.andre' } });
    await page.goto(`${sandbox.ready.dashboard.url}/users?open=${items[0]?.id ?? ''}`);
    await page.getByRole('button', { name: 'Lock now' }).first().click();
    await page.getByRole('dialog').getByRole('heading', { name: 'In Microsoft 365' }).waitFor();
    await picture(page, `lock-${look}`);
    await expectAccessible(page, `lock, ${look}`);
  });
});
