import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { administratorSignsIn } from '../test-support/cloudHandlers.ts';
import { microsoftVerifies } from '../test-support/domainHandlers.ts';
import { eventually } from '../test-support/eventually.ts';
import { openDashboard } from '../test-support/openDashboard.ts';
import { tabTo } from '../test-support/tabTo.ts';

async function pressNext(page: Page): Promise<void> {
  await tabTo(page, 'button', 'Next');
  await page.keyboard.press('Enter');
}

test('keyboard alone: a user account with an online account', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open('/users/add');
  await page.getByRole('textbox', { name: 'First name' }).waitFor();
  await tabTo(page, 'textbox', 'First name');
  await page.keyboard.type('Ana');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Lindqvist');
  await page.getByText('This user name is free.').waitFor();
  await pressNext(page);
  await page.getByRole('heading', { name: 'Password', level: 3 }).waitFor();
  await tabTo(page, 'button', 'Generate');
  await page.keyboard.press('Enter');
  await pressNext(page);
  await page.getByRole('heading', { name: 'Microsoft 365', level: 3 }).waitFor();
  await tabTo(page, 'radio', 'Not now');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, 'checkbox', 'Microsoft 365 Business Standard');
  await page.keyboard.press('Space');
  await pressNext(page);
  await page.getByRole('heading', { name: 'Groups', level: 3 }).waitFor();
  await tabTo(page, 'checkbox', 'Sales');
  await page.keyboard.press('Space');
  await pressNext(page);
  await page.getByRole('heading', { name: 'In Microsoft 365' }).waitFor();
  await tabTo(page, 'button', 'Add the user account');
  await page.keyboard.press('Enter');
  await page.getByText('This is shown once').waitFor();
  expect(world.users.at(-1)).toMatchObject({ userName: 'ana.lindqvist', displayName: 'Ana Lindqvist' });
  await page.keyboard.press('Enter');
  await eventually(() => new URL(page.url()).pathname).toBe('/users');
});

test('a user name that is taken is said at its field while it is typed', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open('/users/add');
  await page.getByRole('textbox', { name: 'Display name' }).fill('Somebody');
  await page.getByRole('textbox', { name: 'User name' }).fill(world.users[3]!.userName);
  await page.getByText('is already used').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await eventually(() =>
    page.getByRole('textbox', { name: 'User name' }).evaluate((e) => e === document.activeElement),
  ).toBe(true);
});

test('a wizard with data asks once before it is left, and keeps everything on Back', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await dashboard.open('/users/add');
  await page.getByRole('textbox', { name: 'First name' }).fill('Ana');
  await page.getByRole('textbox', { name: 'Last name' }).fill('Lindqvist');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Generate' }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  expect(await page.getByRole('textbox', { name: 'Display name' }).inputValue()).toBe('Ana Lindqvist');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Leave the wizard?' }).getByRole('button', { name: 'Leave' }).click();
  await eventually(() => new URL(page.url()).pathname).toBe('/users');
});

test('keyboard alone: online accounts for everybody, one address changed, the failed one tried again', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open('/users');
  await page.getByRole('button', { name: 'Review' }).waitFor();
  await tabTo(page, 'button', 'Review');
  await page.keyboard.press('Enter');
  await page.getByText('12 of 12 users chosen').waitFor();
  await tabTo(page, 'gridcell', 'Ana van der Merwe');
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: /^Address of/ });
  await field.waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('not an address');
  await page.keyboard.press('Enter');
  await page.getByText('1 address cannot be used.').waitFor();
  await page.keyboard.press('F2');
  await field.waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('ana.merwe@contoso.com');
  await page.keyboard.press('Enter');
  await eventually(() => page.getByText('cannot be used').count()).toBe(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.getByText('11 of 12 users chosen').waitFor();
  await pressNext(page);
  await page.getByRole('heading', { name: 'Licenses', level: 3 }).waitFor();
  await tabTo(page, 'checkbox', 'Microsoft 365 Business Standard');
  await page.keyboard.press('Space');
  await pressNext(page);
  await page.getByRole('heading', { name: 'In Microsoft 365' }).waitFor();
  await tabTo(page, 'button', 'Create 11 accounts');
  await page.keyboard.press('Enter');
  await page.getByText('Done with problems').first().waitFor();
  expect(world.users.some((user) => user.online?.address === 'ana.merwe@contoso.com')).toBe(true);
  expect(world.items.get(world.jobs[0]!.id)).toHaveLength(11);
  await tabTo(page, 'button', 'Try the failed one again');
  await page.keyboard.press('Enter');
  await eventually(() => world.jobs.length).toBe(2);
});

test('an address that the server refuses is shown at its person before anything is created', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open('/users/add-online-accounts');
  await page.getByText('12 of 12 users chosen').waitFor();
  await page.getByRole('button', { name: /^Edit the address of Chlo/ }).click();
  await page.getByRole('textbox', { name: /^Address of/ }).fill('admin@contoso.com');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('1 address cannot be used.').waitFor();
  await page.getByRole('button', { name: 'Show only these' }).click();
  await page.getByRole('gridcell', { name: /already used in Microsoft 365/ }).waitFor();
  expect(await page.getByRole('grid', { name: 'Users without an online account' }).getAttribute('aria-rowcount')).toBe(
    '2',
  );
  expect(world.jobs).toEqual([]);
});

test('two thousand proposals stay a short document', async () => {
  await using dashboard = await openDashboard({ world: { people: 10_000 } });
  const { page } = dashboard;
  await dashboard.open('/users/add-online-accounts');
  await page.getByText(/of 2,000 users chosen/).waitFor();
  const grid = page.getByRole('grid', { name: 'Users without an online account' });
  expect(await grid.getByRole('row').count()).toBeLessThan(40);
});

test('keyboard alone: integrating a tenant', async () => {
  await using dashboard = await openDashboard({ world: { integrated: false } });
  const { page, world } = dashboard;
  await dashboard.open('/');
  await page.getByRole('button', { name: 'Integrate' }).waitFor();
  await tabTo(page, 'button', 'Integrate');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Get started', level: 3 }).waitFor();
  await pressNext(page);
  await page.getByText('Password capture').waitFor();
  await pressNext(page);
  await page.getByText('FJ3K9Q2LM').waitFor();
  await tabTo(page, 'button', 'Copy the code');
  administratorSignsIn(world);
  await page.getByText('Signed in as').waitFor();
  await pressNext(page);
  await tabTo(page, 'combobox', 'Usage location');
  await page.keyboard.type('Germany');
  await pressNext(page);
  await page.getByText('This is made in the tenant:').waitFor();
  await tabTo(page, 'button', 'Integrate');
  await page.keyboard.press('Enter');
  await page.getByText('Contoso is connected.').waitFor();
  await tabTo(page, 'link', 'Look at the connection');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Synchronization' }).waitFor();
});

test('cancelling the integration takes the attempt back', async () => {
  await using dashboard = await openDashboard({ world: { integrated: false } });
  const { page, world } = dashboard;
  await dashboard.open('/setup/microsoft365');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Password capture').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('FJ3K9Q2LM').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog', { name: 'Leave the wizard?' }).getByRole('button', { name: 'Leave' }).click();
  await eventually(() => world.attempt?.state).toBe('cancelled');
  await page.getByRole('heading', { name: 'Home' }).waitFor();
});

test('disabling the integration by the keyboard: what stops, the name of the tenant, and what is remembered', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await dashboard.open('/microsoft365');
  await page.getByRole('heading', { name: 'Disable the integration' }).waitFor();
  await tabTo(page, 'button', 'Disable…');
  await page.keyboard.press('Enter');
  await page.getByText('For 17 people').waitFor();
  await page.getByText('does not answer at the moment').waitFor();
  await pressNext(page);
  await tabTo(page, 'textbox', 'Type the name of the tenant, Contoso');
  await page.keyboard.type('Fabrikam');
  await tabTo(page, 'button', 'Disable');
  await page.keyboard.press('Enter');
  await page.getByText('Type Contoso to confirm.').waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('contoso');
  await tabTo(page, 'button', 'Disable');
  await page.keyboard.press('Enter');
  await page.getByText('The integration with Contoso is disabled.').waitFor();
  await tabTo(page, 'button', 'Close');
  await page.keyboard.press('Enter');
  await page.getByText('The links of 17 people are remembered').waitFor();
  await page.getByText('App registration c0ffee in Contoso').waitFor();
});

test('linking a domain by the keyboard: the name, its proof, a provider, and the records written', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open('/microsoft365');
  await tabTo(page, 'button', 'Link a domain');
  await page.keyboard.press('Enter');
  await tabTo(page, 'textbox', 'Domain name');
  await page.keyboard.type('adatum');
  await pressNext(page);
  await page.getByText('It has only one part.').waitFor();
  await tabTo(page, 'textbox', 'Domain name');
  await page.keyboard.type('.example');
  await pressNext(page);
  await tabTo(page, 'button', 'Link domain');
  await page.keyboard.press('Enter');
  await page.getByText('MS=ms48151623').waitFor();
  await tabTo(page, 'button', 'Connect a provider…');
  await page.keyboard.press('Enter');
  await tabTo(page, 'textbox', 'Name, as shown here');
  await page.keyboard.type('Our BIND');
  await tabTo(page, 'textbox', 'Name server');
  await page.keyboard.type('192.0.2.53');
  await tabTo(page, 'textbox', 'Key (TSIG)');
  await page.keyboard.type('key x { secret "eA=="; };');
  await tabTo(page, 'button', 'Try and keep');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await tabTo(page, 'button', 'Write records…');
  await page.keyboard.press('Enter');
  await page.getByText('Zone adatum.example').waitFor();
  await tabTo(page, 'button', 'Write');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByText('wrote 1 record set through Our BIND').waitFor();
  await tabTo(page, 'button', 'Forget Our BIND');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Forget');
  await page.keyboard.press('Enter');
  await page.getByText('No provider is connected yet.').waitFor();
  microsoftVerifies(world);
  await page.getByText('Keep one record with this value and remove the others.').waitFor();
});

test('the first start: from the code to a connected directory', async () => {
  await using dashboard = await openDashboard({ signedIn: false, world: { directoryConnected: false } });
  const { page, world } = dashboard;
  await dashboard.open('/users');
  await page.getByRole('textbox', { name: 'Set-up code' }).fill('wrong');
  await page.getByRole('textbox', { name: 'Domain name' }).fill('contoso.com');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('This is not the set-up code').waitFor();
  await page.getByRole('textbox', { name: 'Set-up code' }).fill('7QK4-M2XD');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: /dc1/ }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('checkbox', { name: /fingerprint is the same/ }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('This is needed.').waitFor();
  await page.getByRole('checkbox', { name: /fingerprint is the same/ }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('textbox', { name: 'Service account', exact: true }).fill('isthmus@contoso.com');
  await page.getByRole('textbox', { name: 'Password of the service account' }).fill('x');
  await page.getByRole('textbox', { name: 'Managed organizational unit' }).fill('OU=People');
  await page.getByRole('textbox', { name: 'Administrators’ group' }).fill('Domain Admins');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Copy the command for Samba' }).waitFor();
  expect(await page.getByRole('button', { name: 'Connect' }).getAttribute('aria-disabled')).toBe('true');
  await page.getByRole('button', { name: 'Test again' }).click();
  await eventually(() => page.getByRole('button', { name: 'Connect' }).getAttribute('aria-disabled')).toBeNull();
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('button', { name: 'Go to the sign-in' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(world.directoryConnected).toBe(true);
});
