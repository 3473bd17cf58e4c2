import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../support/expectAccessible.ts';
import { openBrowser } from '../support/openBrowser.ts';
import { settle } from '../support/settle.ts';
import { createOnlineAccounts, integrate, startTestSandbox, type TestSandbox } from '../support/TestSandbox.ts';

const repository = resolve(import.meta.dirname, '..', '..');
/** Every run leaves the pictures here, to be looked at. */
const pictures = join(repository, '.isthmus', 'screenshots');
/** Set by whoever wants the picture of the README made anew. */
const KEEP = 'KEEP_SCREENSHOTS';

const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1280 },
  { name: 'dark', colorScheme: 'dark', width: 1280 },
  { name: 'narrow', colorScheme: 'light', width: 320 },
] as const;

const PAGES = [
  ['home', '/'],
  ['users', '/users'],
  ['online-accounts', '/users/online-accounts'],
  ['groups', '/users/groups'],
  ['microsoft365', '/microsoft365'],
  ['sync', '/microsoft365/synchronization'],
  ['jobs', '/activity'],
  ['audit', '/activity/audit'],
  ['alerts', '/alerts'],
  ['settings', '/settings'],
  ['synchronization', '/settings/synchronization'],
  ['passwords', '/settings/passwords'],
  ['templates', '/settings/templates'],
] as const;

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  await integrate(sandbox);
  await createOnlineAccounts(sandbox.api, ['SPB']);
  // People whose accounts wait to be found again, two namesakes among them.
  const { items } = await sandbox.api.call('listUsers', { query: { filter: 'with-online-account', limit: 5 } });
  await sandbox.api.call('unlinkOnlineAccounts', {
    query: { wait: 30 },
    body: { selection: { ids: items.map(({ id }) => id) } },
  });
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
  await settle(page);
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

  test('disabling the integration', async () => {
    await page.goto(`${sandbox.ready.dashboard.url}/microsoft365/disable`);
    await page.getByRole('radio', { name: /^Forget them/ }).waitFor();
    await picture(page, `disable-${look}`);
    await expectAccessible(page, `disabling, ${look}`);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await page.getByText(/^Type .* to confirm/).waitFor();
    await picture(page, `disable-confirm-${look}`);
    await expectAccessible(page, `confirming, ${look}`);
    await expectNoSidewaysScrolling();
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

  test('matching online accounts', async () => {
    await page.goto(`${sandbox.ready.dashboard.url}/users/online-accounts/match`);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Possible', { exact: false }).last().waitFor();
    await dialog.getByRole('checkbox').last().click();
    await picture(page, `match-${look}`);
    await expectAccessible(page, `match, ${look}`);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('Link both accounts').waitFor();
    await picture(page, `match-review-${look}`);
    await expectAccessible(page, `match, review, ${look}`);
    await expectNoSidewaysScrolling();
  });

  test('changing licenses', async () => {
    const { items } = await sandbox.api.call('listUsers', { query: { q: 'zoe.andre' } });
    await page.goto(`${sandbox.ready.dashboard.url}/users?open=${items[0]?.id ?? ''}&tab=online-account`);
    await page.getByRole('button', { name: 'Change licenses' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Services of Microsoft 365 Business Premium' }).click();
    await dialog.getByRole('checkbox', { name: 'Microsoft Teams' }).click();
    await dialog.getByRole('checkbox', { name: 'Microsoft 365 Business Basic' }).click();
    await picture(page, `licenses-${look}`);
    await expectAccessible(page, `licenses, ${look}`);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('Assign licenses').waitFor();
    await picture(page, `licenses-review-${look}`);
    await expectAccessible(page, `licenses, review, ${look}`);
    await expectNoSidewaysScrolling();
  });

  test('a template for new users', async () => {
    await page.goto(`${sandbox.ready.dashboard.url}/settings/templates`);
    await page.getByRole('button', { name: 'Add a template' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name of the template' }).fill(`Sales, ${look}`);
    await dialog.getByRole('textbox', { name: 'Department' }).fill('Sales');
    await picture(page, `template-${look}`);
    await expectAccessible(page, `template, ${look}`);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByRole('checkbox').first().click();
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByRole('checkbox', { name: 'With an online account' }).click();
    await dialog.getByRole('checkbox', { name: 'Microsoft 365 Business Basic' }).click();
    await picture(page, `template-online-${look}`);
    await expectAccessible(page, `template, online, ${look}`);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: `Remove the template Sales, ${look}` }).waitFor();
    await picture(page, `templates-${look}`);
    await expectAccessible(page, `templates, ${look}`);
    await expectNoSidewaysScrolling();
    await page.goto(`${sandbox.ready.dashboard.url}/users/add`);
    await dialog.getByRole('combobox', { name: 'Template' }).selectOption(`Sales, ${look}`);
    await picture(page, `add-from-template-${look}`);
  });

  test('e-mail addresses', async () => {
    const { items } = await sandbox.api.call('listUsers', { query: { q: 'zoe.andre' } });
    await page.goto(`${sandbox.ready.dashboard.url}/users?open=${items[0]?.id ?? ''}&tab=online-account`);
    await page.getByRole('button', { name: 'E-mail addresses' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Another address' }).fill(`sales-${look}`);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('radio', { name: `sales-${look}@` }).click();
    await picture(page, `addresses-${look}`);
    await expectAccessible(page, `e-mail addresses, ${look}`);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('Set the e-mail addresses').waitFor();
    await picture(page, `addresses-review-${look}`);
    await expectAccessible(page, `e-mail addresses, review, ${look}`);
    await expectNoSidewaysScrolling();
  });

  test('sign-in names', async () => {
    await page.goto(`${sandbox.ready.dashboard.url}/users?q=an`);
    const boxes = page.getByRole('main').getByRole('checkbox');
    await boxes.nth(1).click();
    await boxes.nth(2).click();
    await openCommand(page, 'Sign-in names');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Domain of the names in the directory' }).selectOption({ index: 2 });
    await picture(page, `sign-in-names-${look}`);
    await expectAccessible(page, `sign-in names, ${look}`);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('Before and after').waitFor();
    await picture(page, `sign-in-names-review-${look}`);
    await expectAccessible(page, `sign-in names, review, ${look}`);
    await expectNoSidewaysScrolling();
  });

  test('off-boarding', async () => {
    await page.goto(`${sandbox.ready.dashboard.url}/users?q=zoe.andre`);
    await page.getByRole('main').getByRole('checkbox').last().click();
    await openCommand(page, 'Off-board');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'After some days' }).click();
    await picture(page, `offboard-${look}`);
    await expectAccessible(page, `off-boarding, ${look}`);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('Take the licenses back').waitFor();
    await picture(page, `offboard-review-${look}`);
    await expectAccessible(page, `off-boarding, review, ${look}`);
    await expectNoSidewaysScrolling();
  });

  test('a linked group and its dialogs', async () => {
    const { items } = await sandbox.api.call('listGroups', { query: { q: 'sales' } });
    const [group] = items;
    if (group?.link === null) await sandbox.api.call('linkGroup', { params: { id: group.id }, body: {} });
    await page.goto(`${sandbox.ready.dashboard.url}/users/groups?open=${group?.id ?? ''}`);
    await page
      .getByRole('button', { name: /from the group$/ })
      .first()
      .waitFor();
    await picture(page, `group-${look}`);
    await expectAccessible(page, `group, ${look}`);
    await expectNoSidewaysScrolling();
    await page
      .getByRole('button', { name: /from the group$/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('member:').waitFor();
    await picture(page, `group-remove-member-${look}`);
    await expectAccessible(page, `group, remove a member, ${look}`);
  });

  test('importing users', async () => {
    await page.goto(`${sandbox.ready.dashboard.url}/users/import`);
    const dialog = page.getByRole('dialog', { name: 'Import users' });
    await dialog.getByRole('radio', { name: 'In a CSV file' }).click();
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        [
          'Vorname;Nachname;Abteilung;Personalnummer;Kostenstelle',
          `Käthe;Paulus ${look};Luftfahrt;4711;10`,
          `Melitta;Bentz ${look};Haushalt;4712;20`,
        ].join('\r\n'),
      ),
    });
    await dialog.getByText('2 rows').waitFor();
    await picture(page, `import-source-${look}`);
    await expectAccessible(page, `import, source, ${look}`);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByRole('table', { name: 'Columns of the file' }).waitFor();
    await picture(page, `import-columns-${look}`);
    await expectAccessible(page, `import, columns, ${look}`);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('2 of 2 people chosen').waitFor();
    const [first, second] = [`Käthe Paulus ${look}`, `Melitta Bentz ${look}`];
    const field = dialog.getByRole('textbox', { name: `User name of ${second}` });
    if (!(await field.isVisible())) {
      await dialog.getByRole('button', { name: `Edit the user name of ${second}` }).click();
    }
    await field.fill('melitta bentz');
    await field.press('Enter');
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('1 person cannot be imported').waitFor();
    await picture(page, `import-people-${look}`);
    await expectAccessible(page, `import, people, ${look}`);
    await dialog.getByRole('button', { name: 'Leave these out' }).click();
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByRole('heading', { name: 'In the directory' }).waitFor();
    await picture(page, `import-review-${look}`);
    await expectAccessible(page, `import, review, ${look}`);
    await dialog.getByRole('button', { name: 'Import 1 user' }).click();
    await dialog.getByRole('button', { name: 'Show the passwords once' }).waitFor();
    await picture(page, `import-result-${look}`);
    await expectAccessible(page, `import, result, ${look}`);
    // The wizard may be closed before the passwords are seen: the job has them too.
    await dialog.getByRole('link', { name: 'Activity' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.reload();
    await page.getByRole('button', { name: 'Show the passwords once' }).click();
    await page.getByRole('table', { name: 'First passwords' }).getByText(first).first().waitFor();
    await picture(page, `import-passwords-${look}`);
    await expectAccessible(page, `import, passwords, ${look}`);
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: join(pictures, `import-paper-${look}.png`) });
    await page.emulateMedia({ media: null });
  });

  test('importing from Microsoft 365', async () => {
    await page.goto(`${sandbox.ready.dashboard.url}/users/online-accounts?filter=not-linked`);
    await page.getByRole('main').getByText(sandbox.ready.emulator.administrator.username).first().waitFor();
    await openCommand(page, 'Import users');
    const dialog = page.getByRole('dialog', { name: 'Import users' });
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText(/of \d+ people chosen$/).waitFor();
    await picture(page, `import-online-${look}`);
    await expectAccessible(page, `import from Microsoft 365, ${look}`);
    await expectNoSidewaysScrolling();
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
