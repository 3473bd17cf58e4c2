import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { kpasswd } from '../support/changePassword.ts';
import { disable } from '../support/directoryChanges.ts';
import { expectAccessible } from '../support/expectAccessible.ts';
import { press, tabTo } from '../support/keyboard.ts';
import { openBrowser } from '../support/openBrowser.ts';
import { startTestSandbox, type TestSandbox } from '../support/TestSandbox.ts';
import { until } from '../support/until.ts';

const LONG = { timeout: 60_000 };

const pictures = resolve(import.meta.dirname, '..', '..', '.isthmus', 'screenshots');

let sandbox: TestSandbox;
let browser: BrowserContext;
let page: Page;

const button = (name: string | RegExp) => page.getByRole('button', { name });
const personNamed = (userName: string) => sandbox.directory.guide.people.find((person) => person.userName === userName);

beforeAll(async () => {
  sandbox = await startTestSandbox();
  browser = await openBrowser();
  page = await browser.newPage();
  return async () => {
    await browser.close();
    await sandbox.stop();
  };
});

afterEach(async ({ task }) => {
  // What the browser showed is worth more than the stack of a failed wait.
  if (task.result?.state === 'fail') await page.screenshot({ path: join(pictures, `failed-${task.id}.png`) });
});

test('an administrator signs in with the keyboard alone; a wrong password is told', async () => {
  const { url, username, password } = sandbox.ready.dashboard;
  await page.goto(url);
  await tabTo(page, page.getByRole('textbox', { name: 'User name' }));
  await page.keyboard.type(username);
  await tabTo(page, page.getByRole('textbox', { name: 'Password' }));
  await page.keyboard.type('not the password');
  await page.keyboard.press('Enter');
  await page.getByText('The user name or the password is wrong.').waitFor();
  await expectAccessible(page, 'sign-in page with an error');
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Home' }).waitFor(LONG);
  await expectAccessible(page, 'Home before the integration');
});

/** What the administrator does at Microsoft, in another tab. */
async function signInAtMicrosoft(address: string, code: string): Promise<void> {
  const cloud = await browser.newPage();
  const { username, password } = sandbox.ready.emulator.administrator;
  await cloud.goto(address);
  await cloud.locator('[name=otc]').fill(code);
  await cloud.keyboard.press('Enter');
  await cloud.locator('[name=login]').fill(username);
  await cloud.locator('[name=passwd]').fill(password);
  await cloud.keyboard.press('Enter');
  await cloud.getByRole('button', { name: 'Accept' }).click();
  await cloud.waitForLoadState();
  await cloud.close();
}

test('the wizard integrates the tenant, by keyboard only', async () => {
  await press(page, page.getByRole('link', { name: /^Integrate/ }).or(button(/^Integrate$/)));
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await expectAccessible(page, 'wizard: get started');
  await tabTo(page, page.getByRole('radio', { name: 'We have a Microsoft 365 subscription' }));
  await page.keyboard.press('Space');
  await press(page, button('Next'));
  await dialog.getByText('Microsoft Graph can be reached').waitFor(LONG);
  await expectAccessible(page, 'wizard: requirements');
  await press(page, button('Next'));
  const code = dialog.getByText(/^[A-Z0-9]{8,9}$/).first();
  await code.waitFor(LONG);
  await expectAccessible(page, 'wizard: sign-in');
  const address = (await dialog.getByRole('link', { name: /^https/ }).getAttribute('href')) ?? '';
  await signInAtMicrosoft(address, (await code.textContent()) ?? '');
  await dialog.getByText('Signed in as').waitFor(LONG);
  await press(page, button('Next'));
  await tabTo(page, dialog.getByRole('combobox', { name: 'Usage location' }));
  await page.keyboard.type('United States');
  await press(page, button('Next'));
  await dialog.getByText('This is made in the tenant:').waitFor();
  await expectAccessible(page, 'wizard: review');
  await press(page, button('Integrate'));
  await page.getByText('Contoso is connected.').waitFor(LONG);
  await expectAccessible(page, 'wizard: done');
  expect(await sandbox.api.call('getIntegration', {})).toMatchObject({ state: 'integrated' });
});

test('the wizard gives everybody an online account, by keyboard only', async () => {
  await page.goto(`${sandbox.ready.dashboard.url}/users`);
  await page.getByRole('grid').getByRole('row').nth(5).waitFor(LONG);
  await expectAccessible(page, 'Users');
  // A toolbar is one stop; inside it the arrows move.
  await tabTo(page, button('Add a user account'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('bjorn.aas@').waitFor(LONG);
  await expectAccessible(page, 'wizard: accounts');
  await press(page, button('Next'));
  await tabTo(page, dialog.getByRole('checkbox', { name: /Microsoft 365 Business Premium/ }));
  await page.keyboard.press('Space');
  await expectAccessible(page, 'wizard: licenses');
  await press(page, button('Next'));
  await button(/^Create \d+ accounts$/).waitFor(LONG);
  await expectAccessible(page, 'wizard: review of the accounts');
  await press(page, button(/^Create \d+ accounts$/));
  await dialog.getByText('Done', { exact: true }).first().waitFor(LONG);
  await expectAccessible(page, 'wizard: result');
  await press(page, button('Close').last());
  const row = page.getByRole('row', { name: /Bjørn Ås/ });
  await row.getByText(/bjorn\.aas@/).waitFor(LONG);
});

test('a password changed with kpasswd is shown in step without a reload', async () => {
  const person = personNamed('jana.dvorakova');
  await page.getByRole('row', { name: /Jana Dvořáková/ }).click();
  const panel = page
    .getByRole('complementary', { name: 'Details of Jana Dvořáková' })
    .or(page.getByRole('region', { name: 'Details of Jana Dvořáková' }));
  await panel.getByRole('tab', { name: 'Online account' }).click();
  const { id } = await findUser('jana.dvorakova');
  const changedAt = Date.now();
  await kpasswd(
    { krb5ConfigFile: sandbox.directory.krb5ConfigFile, realm: sandbox.ready.directory.realm },
    'jana.dvorakova',
    person?.password ?? '',
    'Cobalt-9-Orchard',
  );
  const address = await until('the password is in step', async () => {
    const user = await sandbox.api.call('getUser', { params: { id } });
    return user.password.state === 'in-step' && Date.parse(user.password.since ?? '') >= changedAt
      ? user.online?.address
      : undefined;
  });
  expect(await sandbox.signInOnline(address, 'Cobalt-9-Orchard')).toBe('ok');
  await panel.getByText('In step').first().waitFor(LONG);
  await expectAccessible(page, 'Users with the details open');
});

async function findUser(userName: string) {
  const { items } = await sandbox.api.call('listUsers', { query: { q: userName } });
  const found = items.find((user) => user.userName === userName);
  if (found === undefined) throw new Error(`${userName} is not listed.`);
  return found;
}

test('an account disabled by another tool turns inactive and blocked on the open screen', async () => {
  await disable(sandbox.ldap, personNamed('pavel.novak')?.dn ?? '');
  const row = page.getByRole('row', { name: /Pavel Novák/ });
  await row.getByText('Inactive').waitFor(LONG);
  await row.getByText('Blocked').waitFor(LONG);
});

/** A command of the bar, wherever the width of the window has put it. */
async function command(name: string): Promise<void> {
  const inBar = page.getByRole('toolbar', { name: /^Commands for/ }).getByRole('button', { name, exact: true });
  if (await inBar.isVisible()) return inBar.click();
  await button('More commands').click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

async function choose(name: RegExp): Promise<void> {
  const row = page.getByRole('row', { name });
  await row.waitFor(LONG);
  await row.getByRole('checkbox').click();
}

test('a person is removed with the consequences shown first, and restored', async () => {
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
  await page.goto(`${sandbox.ready.dashboard.url}/users`);
  await choose(/Grace Okafor/);
  await command('Remove');
  await dialog.getByText('Is kept for 30 days, then deleted.').waitFor();
  await expectAccessible(page, 'remove dialog');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await until('both sides are removed', async () => {
    const { items } = await sandbox.api.call('listUsers', { query: { filter: 'removed' } });
    return items.find((user) => user.userName === 'grace.okafor')?.online?.state === 'removed';
  });
  await page.goto(`${sandbox.ready.dashboard.url}/users?filter=removed`);
  await choose(/Grace Okafor/);
  await command('Restore');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await until('both sides are back', async () => {
    const back = await findUser('grace.okafor').catch(() => undefined);
    return back?.online?.state === 'active';
  });
});

test('an online account is unlinked, and assigned again by keyboard', async () => {
  const dialog = page.getByRole('dialog');
  const { url } = sandbox.ready.dashboard;
  await page.goto(`${url}/users/online-accounts?q=chidi`);
  await choose(/Chidi Eze/);
  await command('Unlink');
  await dialog.getByText('Only the connection goes.').waitFor();
  await expectAccessible(page, 'unlink dialog');
  await dialog.getByRole('button', { name: 'Unlink', exact: true }).click();
  await until('they are strangers', async () => (await findUser('chidi.eze')).online === null);

  await page.goto(`${url}/users/online-accounts?filter=not-linked&q=chidi`);
  await choose(/Chidi Eze/);
  await tabTo(page, button('Assign to a user'));
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('combobox'));
  await page.keyboard.type('chidi');
  await page.getByRole('option', { name: /chidi\.eze/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.getByText('Link both accounts').waitFor();
  await expectAccessible(page, 'assign dialog');
  await tabTo(page, dialog.getByRole('button', { name: 'Assign', exact: true }));
  await page.keyboard.press('Enter');
  await until('they are linked again', async () => (await findUser('chidi.eze')).online?.state === 'active');
});

test('a compromised account is locked from its panel, and activating opens both sides again', async () => {
  const dialog = page.getByRole('dialog');
  const { id } = await findUser('hugo.nilsson');
  await page.goto(`${sandbox.ready.dashboard.url}/users?open=${id}`);
  await button('Lock now').last().click();
  await dialog.getByText('For an account that somebody else may have got into.', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Lock now', exact: true }).click();
  await until('both sides are closed', async () => {
    const { state, online } = await findUser('hugo.nilsson');
    return state === 'inactive' && online?.hold === 'locked' && online.state === 'blocked';
  });
  await button('Activate').last().click();
  await dialog.getByRole('button', { name: 'Activate', exact: true }).click();
  await until('both sides are open', async () => {
    const { state, online } = await findUser('hugo.nilsson');
    return state === 'active' && online?.hold === null && online.state === 'active';
  });
});
