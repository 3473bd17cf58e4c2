import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from '../test-support/eventually.ts';
import { openDashboard } from '../test-support/openDashboard.ts';

const fill = async (page: Page, userName: string, password: string): Promise<void> => {
  await page.getByRole('textbox', { name: 'User name' }).fill(userName);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.keyboard.press('Enter');
};

test('each reason to refuse a sign-in has a sentence of its own', async () => {
  await using dashboard = await openDashboard({ signedIn: false });
  const { page } = dashboard;
  await dashboard.open('/');
  const seen = new Set<string>();
  const names = [
    'nobody',
    'account-disabled',
    'account-expired',
    'password-expired',
    'must-change-password',
    'account-locked',
    'not-allowed',
    'too-many-attempts',
    'directory-unreachable',
    'not-set-up',
  ];
  for (const name of names) {
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await fill(page, name, 'wrong');
    await answered;
    await page.waitForFunction(
      (known) => {
        const text = document.querySelector('[role=alert]')?.textContent ?? '';
        return text !== '' && !known.includes(text);
      },
      [...seen],
    );
    const sentence = (await page.getByRole('alert').textContent()) ?? '';
    expect(sentence).not.toContain('session.');
    seen.add(sentence);
  }
  expect(seen.size).toBe(names.length);
});

test('a password manager finds its fields, and the password can be shown', async () => {
  await using dashboard = await openDashboard({ signedIn: false });
  const { page } = dashboard;
  await dashboard.open('/');
  const password = page.getByRole('textbox', { name: 'Password' });
  await eventually(() => page.getByRole('textbox', { name: 'User name' }).getAttribute('autocomplete')).toBe(
    'username',
  );
  expect(await password.getAttribute('autocomplete')).toBe('current-password');
  expect(await password.getAttribute('type')).toBe('password');
  await page.getByRole('button', { name: 'Show password' }).click();
  expect(await password.getAttribute('type')).toBe('text');
});

test('the page that was asked for comes after the sign-in', async () => {
  await using dashboard = await openDashboard({ signedIn: false });
  const { page, url } = dashboard;
  await dashboard.open('/users?filter=inactive');
  await fill(page, 'ana', 'Passw0rd!');
  await page.getByRole('grid', { name: 'Users' }).waitFor();
  expect(page.url()).toBe(`${url}/users?filter=inactive`);
});

test('a session that ends leads to the sign-in and back to where one was', async () => {
  await using dashboard = await openDashboard();
  const { page, world } = dashboard;
  await dashboard.open('/users?q=Abe');
  await page.getByRole('grid', { name: 'Users' }).waitFor();
  world.signedIn = false;
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('Your session has ended').waitFor();
  await fill(page, 'ana', 'Passw0rd!');
  await page.getByRole('grid', { name: 'Users' }).waitFor();
  expect(new URL(page.url()).search).toBe('?q=Abe');
});

test('signing out forgets what was read', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  await dashboard.open('/');
  await page.getByRole('button', { name: 'Account of Ana Abe' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.getByRole('heading', { name: 'Health' }).count()).toBe(0);
});

test('the page keeps the content security policy', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  for (const path of ['/', '/users', '/users/add', '/activity', '/settings']) {
    await dashboard.open(path);
    // Behind a wizard it has no role: nothing but the dialog is there for a screen reader.
    await page.locator('h1').first().waitFor({ state: 'attached' });
  }
  expect(dashboard.complaints).toEqual([]);
});
