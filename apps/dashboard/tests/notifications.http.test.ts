import type { NotificationsView } from '@isthmus/contracts';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { eventually } from '../test-support/eventually.ts';
import { expectClean } from '../test-support/expectClean.ts';
import { minutesAgo, noNotifications } from '../test-support/FakeWorld.ts';
import { openDashboard } from '../test-support/openDashboard.ts';
import { tabTo } from '../test-support/tabTo.ts';

// Axe takes seconds for each state on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

const PAGE = '/settings/notifications';
const setUp: NotificationsView = {
  ...noNotifications,
  settings: {
    server: 'mail.contoso.com',
    port: 587,
    encryption: 'starttls',
    unprotected: false,
    user: 'isthmus',
    from: 'isthmus@contoso.com',
    recipients: ['ana@contoso.com', 'ben@contoso.com'],
    severity: 'warning',
    news: true,
  },
  hasPassword: true,
  changedAt: minutesAgo(4000),
  changedBy: 'ana',
  lastSentAt: minutesAgo(95),
};

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const save = 'Save and send a test message';

test('setting up: what is wrong is said at its field, what the mail server refuses too', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open(PAGE);
  await page.getByText('Nobody gets alerts by e-mail').waitFor();
  await expectClean(page, 'nothing yet');
  await press(page, 'Set up');
  await press(page, save);
  await page.getByText('This is needed.').first().waitFor();
  await expectClean(page, 'empty');
  await field(page, 'Mail server').fill('mail.contoso.com');
  await field(page, 'Sender').fill('isthmus@contoso.com');
  await field(page, 'Recipients').fill('ana@contoso.com; ben');
  await press(page, save);
  await page.getByText('ben is no e-mail address.').waitFor();
  await field(page, 'Recipients').fill('ana@contoso.com; nobody@contoso.com');
  await field(page, 'User name').fill('isthmus');
  await field(page, 'Password').fill('wrong');
  await press(page, save);
  await page.getByRole('alert').filter({ hasText: 'refuses the user name or the password' }).first().waitFor();
  await eventually(() => field(page, 'Password').evaluate((one) => one === document.activeElement)).toBe(true);
  await expectClean(page, 'refused');
  await field(page, 'Password').fill('Heron-7-Quarry');
  await press(page, save);
  await page.getByText('does not take mail for nobody@contoso.com').first().waitFor();
  await press(page, 'Save without a test');
  await page.getByText('Alerts are mailed to 2 recipients').waitFor();
  expect(world.notifications.settings).toMatchObject({ recipients: ['ana@contoso.com', 'nobody@contoso.com'] });
  expect(await field(page, 'Password').inputValue()).toBe('');
});

test('without encryption it is asked, with what that means, and only for other machines', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  world.notifications = setUp;
  await dashboard.open(PAGE);
  await page.getByRole('combobox', { name: 'Encryption' }).selectOption('none');
  expect(await field(page, 'Port').inputValue()).toBe('25');
  await page.getByText('everybody between here and mail.contoso.com').waitFor();
  await press(page, save);
  await page.getByText('Choose TLS or STARTTLS').first().waitFor();
  const agree = page.getByRole('checkbox', { name: 'Send it readable all the same' });
  await eventually(() => agree.evaluate((one) => one === document.activeElement)).toBe(true);
  await expectClean(page, 'readable');
  await agree.click();
  await eventually(() => page.getByText('Without encryption, everybody can read it.').count()).toBe(1);
  await field(page, 'Mail server').fill('127.0.0.1');
  await eventually(() => agree.count()).toBe(0);
  await press(page, 'Discard');
  expect(await field(page, 'Mail server').inputValue()).toBe('mail.contoso.com');
});

test('a test message at any time, and turning it off', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  world.notifications = setUp;
  await dashboard.open(PAGE);
  await press(page, 'Send a test message');
  await page.getByText('A test message was sent to ana@contoso.com, ben@contoso.com.').first().waitFor();
  await expectClean(page, 'tested');
  world.failures.set('testNotifications', {
    status: 503,
    code: 'notifications.timed-out',
    detail: 'mail.contoso.com:587 does not answer in time.',
    remedy: 'Check server and port.',
  });
  await press(page, 'Send a test message');
  await page.getByRole('alert').filter({ hasText: 'does not answer in time' }).waitFor();
  await expectClean(page, 'test failed');
  await press(page, 'Turn off…');
  await page.getByRole('dialog').getByText('forgotten here').waitFor();
  await expectClean(page, 'turn off');
  await press(page, 'Turn off');
  await page.getByText('Nobody gets alerts by e-mail').waitFor();
  expect(world.notifications.settings).toBeNull();
});

test('a bad day: mail that cannot be sent says since when and why, and a reader may look only', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  world.notifications = {
    ...setUp,
    failedAttempts: 4,
    nextAttemptAt: minutesAgo(-12),
    problem: {
      code: 'notifications.certificate-not-trusted',
      message: 'The certificate of mail.contoso.com:587 is not trusted: self-signed certificate in certificate chain.',
      remedy: 'Give the name that stands in the certificate.',
    },
  };
  world.role = 'reader';
  await dashboard.open(PAGE);
  await page.getByText('Mail could not be sent, 4 times in a row').waitFor();
  await page.getByText('Only administrators may change this.').waitFor();
  expect(
    await page
      .getByRole('main')
      .getByRole('button', { name: /Save|Turn off|Send/ })
      .count(),
  ).toBe(0);
  await expectClean(page, 'failing');
});

test('keyboard alone: set up, corrected after a refusal, tested, turned off', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open(PAGE);
  await page.getByRole('button', { name: 'Set up' }).waitFor();
  await tabTo(page, 'button', 'Set up');
  await page.keyboard.press('Enter');
  await tabTo(page, 'textbox', 'Mail server');
  await page.keyboard.type('mail.contoso.com');
  await tabTo(page, 'combobox', 'Encryption');
  await page.keyboard.type('TLS');
  await tabTo(page, 'textbox', 'User name');
  await page.keyboard.type('isthmus');
  await tabTo(page, 'textbox', 'Password');
  await page.keyboard.type('wrong');
  await tabTo(page, 'textbox', 'Sender');
  await page.keyboard.type('isthmus@contoso.com');
  await tabTo(page, 'textbox', 'Recipients');
  await page.keyboard.type('ana@contoso.com');
  await tabTo(page, 'checkbox', /^Also what you wait for/);
  await page.keyboard.press('Space');
  await tabTo(page, 'button', save);
  await page.keyboard.press('Enter');
  // The refusal brings the focus to the password.
  await eventually(() => field(page, 'Password').evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Heron-7-Quarry');
  await page.keyboard.press('Enter');
  await page.getByText('Alerts are mailed to 1 recipient').waitFor();
  expect(await field(page, 'Password').evaluate((one) => one === document.activeElement)).toBe(true);
  expect(world.notifications.settings).toMatchObject({ encryption: 'tls', port: 465, news: false });
  await tabTo(page, 'button', 'Send a test message');
  await page.keyboard.press('Enter');
  await page.getByText('A test message was sent to ana@contoso.com.').first().waitFor();
  await tabTo(page, 'button', 'Turn off…');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, 'button', 'Turn off');
  await page.keyboard.press('Enter');
  await page.getByText('Nobody gets alerts by e-mail').waitFor();
  // Nobody is left without a focus when the button that had it is gone.
  await eventually(() =>
    page.getByRole('button', { name: 'Set up' }).evaluate((one) => one === document.activeElement),
  ).toBe(true);
});
