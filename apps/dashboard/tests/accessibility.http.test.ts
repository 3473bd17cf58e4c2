import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { administratorSignsIn } from '../test-support/cloudHandlers.ts';
import { microsoftVerifies } from '../test-support/domainHandlers.ts';
import { expectClean } from '../test-support/expectClean.ts';
import { openDashboard } from '../test-support/openDashboard.ts';

// Axe takes seconds for each state on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

const next = (page: Page) => page.getByRole('button', { name: 'Next' }).click();
const chooseMore = async (page: Page, name: string): Promise<void> => {
  const direct = page.getByRole('toolbar').getByRole('button', { name, exact: true });
  if (await direct.isVisible()) return direct.click();
  await page.getByRole('button', { name: 'More commands' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
};

test('signing in', async () => {
  await using dashboard = await openDashboard({ signedIn: false });
  const { page } = dashboard;
  await dashboard.open('/');
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await expectClean(page, 'empty');
  await page.getByRole('textbox', { name: 'User name' }).fill('account-locked');
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await expectClean(page, 'refused');
});

test('the plain pages', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  world.syncState = 'held';
  const pages = [
    ['/', 'Health'],
    ['/microsoft365', 'Organization'],
    ['/microsoft365/synchronization', 'Last passes'],
    ['/settings', 'This browser'],
    ['/settings/synchronization', 'Who differs now'],
    ['/settings/sessions', 'Open sessions'],
  ] as const;
  for (const [path, heading] of pages) {
    await dashboard.open(path);
    await page.getByRole('heading', { name: heading }).waitFor();
    await expectClean(page, path);
  }
  for (const [path, line] of [
    ['/alerts', 'Licenses are used up'],
    ['/activity/audit', 'Deactivated'],
  ] as const) {
    await dashboard.open(path);
    await page.getByRole('button', { name: line }).first().click();
    await page.getByRole('complementary').waitFor();
    await expectClean(page, path);
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search for people' }).waitFor();
  await expectClean(page, 'palette');
});

test('users: list, filtered, panel, dialogs', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await dashboard.open('/users');
  const first = page.getByRole('checkbox', { name: 'Select Ana Abe' }).first();
  await first.waitFor();
  await expectClean(page, 'list');
  await first.click();
  await chooseMore(page, 'Remove');
  await page.getByRole('dialog').getByText('Way back').waitFor();
  await expectClean(page, 'remove');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('searchbox', { name: 'Filter users' }).fill('Abe');
  await page.getByText(/ of 60 users/).waitFor();
  await expectClean(page, 'filtered');
  for (const tab of ['general', 'online-account', 'groups', 'activity']) {
    await dashboard.open(`/users?open=00000001-0000-4000-8000-000000000002&tab=${tab}`);
    await page.getByRole('tabpanel').waitFor();
    await expectClean(page, `panel, ${tab}`);
  }
  await page.getByRole('complementary').getByRole('button', { name: 'Reset password' }).click();
  await page.getByRole('button', { name: 'Generate' }).click();
  await expectClean(page, 'reset password');
});

test('a toast stays to be read, also without motion, in a landmark of its own', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await dashboard.open('/users?open=00000001-0000-4000-8000-000000000002');
  await page.getByRole('textbox', { name: 'Job title' }).fill('Engineer');
  await page.getByRole('button', { name: 'Save' }).click();
  const toast = page.getByRole('region', { name: 'Messages' }).getByText('Done: Change Chloé Abe');
  await toast.waitFor();
  // Its time stands still while the window is left, so that axe may take its own.
  await page.locator('[data-timer-status=running]').waitFor({ state: 'attached' });
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expectClean(page, 'toast');
  expect(await toast.isVisible()).toBe(true);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await toast.waitFor({ state: 'detached' });
});

test('adding a user account', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await dashboard.open('/users/add');
  await next(page);
  await page.getByText('This is needed.').first().waitFor();
  await expectClean(page, 'name, empty');
  await page.getByRole('textbox', { name: 'First name' }).fill('Ana');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Lindqvist');
  await page.getByText('This user name is free.').waitFor();
  await expectClean(page, 'name, free');
  await next(page);
  await page.getByRole('button', { name: 'Generate' }).click();
  await expectClean(page, 'password');
  await next(page);
  await page.getByRole('radio', { name: 'Create a new one' }).click();
  await page.getByRole('checkbox', { name: 'Microsoft 365 Business Standard' }).waitFor();
  await expectClean(page, 'online account');
  await next(page);
  await page.getByRole('checkbox', { name: 'Sales' }).waitFor();
  await expectClean(page, 'groups');
  await next(page);
  await page.getByRole('heading', { name: 'In the directory' }).waitFor();
  await expectClean(page, 'review');
  await page.getByRole('button', { name: 'Add the user account' }).click();
  await page.getByText('This is shown once').waitFor();
  await expectClean(page, 'result');
});

test('online accounts in bulk, and the job', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await dashboard.open('/users/add-online-accounts');
  await page.getByText('12 of 12 users chosen').waitFor();
  await expectClean(page, 'accounts');
  await next(page);
  await page.getByRole('checkbox', { name: 'Microsoft 365 Business Premium' }).click();
  await page.getByText(/licenses are missing/).waitFor();
  await expectClean(page, 'too few licenses');
  await page.getByRole('checkbox', { name: 'Microsoft 365 Business Premium' }).click();
  await next(page);
  await page.getByRole('heading', { name: 'In Microsoft 365' }).waitFor();
  await expectClean(page, 'review');
  await page.getByRole('button', { name: 'Create 12 accounts' }).click();
  await page.getByRole('button', { name: 'Try the failed one again' }).waitFor();
  await expectClean(page, 'done with problems');
  await page.getByRole('link', { name: 'Activity' }).last().click();
  await page.getByRole('complementary').waitFor();
  await expectClean(page, 'activity');
});

test('disabling the integration', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await dashboard.open('/microsoft365/disable');
  await page.getByText('For 17 people').waitFor();
  await expectClean(page, 'effect');
  await next(page);
  const name = page.getByRole('textbox', { name: /^Type the name/ });
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await page.getByText('Type Contoso to confirm.').waitFor();
  await expectClean(page, 'wrong name');
  await name.fill('Contoso');
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await page.getByText('The integration with Contoso is disabled.').waitFor();
  await expectClean(page, 'done');
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('heading', { name: 'The integration with Contoso is disabled' }).waitFor();
  await expectClean(page, 'disabled');
});

test('another administrator, another tenant, and what is left of a disabled integration', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open('/microsoft365/administrator');
  await page.getByText('no password of an administrator is kept').waitFor();
  await expectClean(page, 'administrator');
  await next(page);
  await page.getByText('FJ3K9Q2LM').waitFor();
  administratorSignsIn(world);
  await page.getByText('Signed in as').waitFor();
  await next(page);
  await page.getByText('New administrator').waitFor();
  await expectClean(page, 'administrator review');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByText('Contoso is connected.').waitFor();
  await expectClean(page, 'administrator changed');

  await dashboard.open('/microsoft365/move');
  await page.getByText('What the other tenant needs').waitFor();
  await expectClean(page, 'move');
  await next(page);
  await page.getByRole('textbox', { name: 'Type the name of the tenant you leave, Contoso' }).fill('Contoso');
  await expectClean(page, 'move confirm');
  await page.getByRole('button', { name: 'Leave Contoso' }).click();
  await page.getByText('Contoso is left.').waitFor();
  await expectClean(page, 'moved');

  await dashboard.open('/microsoft365/remove-registration');
  await page.getByText('An app registration cannot remove itself.').waitFor();
  await next(page);
  await page.getByText('FJ3K9Q2LM').waitFor();
  administratorSignsIn(world);
  await page.getByText('Signed in as').waitFor();
  await next(page);
  await page.getByText('This is removed from Contoso').waitFor();
  await expectClean(page, 'remove registration');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('Nothing of Isthmus is left in Contoso.').waitFor();
  await expectClean(page, 'registration removed');
});

test('linking a domain', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open('/microsoft365/domains/link');
  const name = page.getByRole('textbox', { name: 'Domain name' });
  await name.fill('adatum');
  await next(page);
  await page.getByText('It has only one part.').waitFor();
  await expectClean(page, 'wrong name');
  await name.fill('adatum.example');
  await next(page);
  await page.getByText('What happens').waitFor();
  await expectClean(page, 'review');
  await page.getByRole('button', { name: 'Link domain' }).click();
  await page.getByRole('heading', { name: 'Prove that adatum.example is yours' }).waitFor();
  await expectClean(page, 'proof');
  microsoftVerifies(world);
  await page.getByRole('heading', { name: 'Who may send mail (SPF)' }).waitFor();
  await expectClean(page, 'records');
});

test('writing the records of a domain, and unlinking it', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open('/microsoft365/domains/adatum.example');
  await page.getByText('This domain is not linked here').waitFor();
  await expectClean(page, 'not watched');
  await page.getByRole('button', { name: 'Watch its records' }).click();
  await page.getByRole('button', { name: 'Connect a provider…' }).click();
  await page.getByRole('textbox', { name: 'Name, as shown here' }).fill('Our BIND');
  await page.getByRole('textbox', { name: 'Name server' }).fill('192.0.2.53');
  const key = page.getByRole('textbox', { name: 'Key (TSIG)' });
  await key.fill('rubbish');
  await page.getByRole('button', { name: 'Try and keep' }).click();
  await page.getByText('The key cannot be used.').waitFor();
  await expectClean(page, 'provider');
  await key.fill('key "x" { secret "eA=="; };');
  await page.getByRole('button', { name: 'Try and keep' }).click();
  await page.getByRole('button', { name: 'Write records…' }).click();
  await page.getByText(/Remove what stands in the way/).waitFor();
  await expectClean(page, 'write');
  await page.getByRole('button', { name: 'Write', exact: true }).click();
  await page.getByRole('button', { name: 'Undo the last write…' }).waitFor();
  await expectClean(page, 'written');
  await page.getByRole('button', { name: 'Unlink…' }).click();
  const typed = page.getByRole('textbox', { name: 'Type adatum.example to confirm' });
  await typed.fill('wrong');
  await page.getByRole('button', { name: 'Unlink', exact: true }).click();
  await page.getByText('This is not adatum.example').waitFor();
  await expectClean(page, 'unlink');
  await page.getByRole('button', { name: 'Cancel' }).click();
  microsoftVerifies(world);
  await page.getByRole('button', { name: 'Make default' }).click();
  await page.getByRole('button', { name: 'Write inside the network…' }).click();
  await page.getByRole('option', { name: 'The directory’s own DNS' }).waitFor({ state: 'attached' });
  await expectClean(page, 'write inside');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Unlink…' }).click();
  await page.getByText('and 2 more').waitFor();
  await expectClean(page, 'unlink, in use');
  await page.getByRole('button', { name: 'Move 12 accounts to another domain…' }).click();
  await page.getByText('Move 12 accounts off adatum.example').waitFor();
  await expectClean(page, 'leave');
});

test('integrating a tenant', async () => {
  await using dashboard = await openDashboard({ world: { integrated: false } });
  const { page, world } = dashboard;
  await dashboard.open('/setup/microsoft365');
  await page.getByRole('radio', { name: 'We need one first' }).click();
  await expectClean(page, 'start');
  await next(page);
  await page.getByText('Password capture').waitFor();
  await expectClean(page, 'requirements');
  await next(page);
  await page.getByText('FJ3K9Q2LM').waitFor();
  await expectClean(page, 'code');
  administratorSignsIn(world);
  await page.getByText('Signed in as').waitFor();
  await next(page);
  await page.getByRole('combobox', { name: 'Usage location' }).selectOption('DE');
  await next(page);
  await page.getByText('This is made in the tenant:').waitFor();
  await expectClean(page, 'review');
  await page.getByRole('button', { name: 'Integrate', exact: true }).click();
  await page.getByText('Contoso is connected.').waitFor();
  await expectClean(page, 'done');
});

test('setting up', async () => {
  await using dashboard = await openDashboard({ signedIn: false, world: { directoryConnected: false } });
  const { page } = dashboard;
  await dashboard.open('/');
  await page.getByRole('textbox', { name: 'Set-up code' }).fill('7QK4-M2XD');
  await next(page);
  await page.getByText('This is needed.').waitFor();
  await expectClean(page, 'domain');
  await page.getByRole('textbox', { name: 'Domain name' }).fill('contoso.com');
  await next(page);
  await page.getByRole('checkbox', { name: /dc1/ }).waitFor();
  await expectClean(page, 'servers');
  await next(page);
  await page.getByRole('checkbox', { name: /fingerprint is the same/ }).click();
  await expectClean(page, 'certificate');
  await next(page);
  await page.getByRole('textbox', { name: 'Service account', exact: true }).fill('isthmus@contoso.com');
  await page.getByRole('textbox', { name: 'Password of the service account' }).fill('x');
  await page.getByRole('textbox', { name: 'Managed organizational unit' }).fill('OU=People');
  await page.getByRole('textbox', { name: 'Administrators’ group' }).fill('Domain Admins');
  await expectClean(page, 'account');
  await next(page);
  await page.getByText('Reset passwords', { exact: true }).waitFor();
  await expectClean(page, 'rights');
});
