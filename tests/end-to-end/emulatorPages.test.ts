import { type Emulator, startEmulator } from 'microsoft365-emulator';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '../support/expectAccessible.ts';
import { openBrowser } from '../support/openBrowser.ts';

const password = 'Sunny-Meadow-42';
const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ seed: { administrator: { password }, people: { count: 250, licenses: ['SPB'] } } });
});
afterAll(() => emulator.close());

async function expectFits(page: Page): Promise<void> {
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate(overflow)).toBe(0);
}

async function openInspector(context: BrowserContext): Promise<Page> {
  await context.clearCookies();
  const page = await context.newPage();
  await page.goto(`${emulator.url}/_emulator`);
  await page.getByLabel('Control key').fill(emulator.controlKey);
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { name: 'Tenants' }).waitFor();
  return page;
}

/** A call that the request log is to show. */
async function call({ request }: BrowserContext, clientRequestId: string): Promise<void> {
  const { appId, secret } = emulator.control.addApplication({ displayName: 'Caller', permissions: ['User.Read.All'] });
  const token = await request.post(`${emulator.url}/${emulator.tenantId}/oauth2/v2.0/token`, {
    form: {
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: secret ?? '',
      scope: 'https://graph.microsoft.com/.default',
    },
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}`, 'client-request-id': clientRequestId };
  await request.get(`${emulator.url}/v1.0/users?$top=1&$select=displayName,userPrincipalName`, { headers });
}

describe.each([
  ['light', 1280],
  ['dark', 320],
] as const)('in %s colors, %i pixels wide', (colorScheme, width) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await openBrowser({ colorScheme, width });
  });
  afterAll(() => context.close());

  test('whoever has the control key looks at tenants, objects and single records', async () => {
    const page = await context.newPage();
    await page.goto(`${emulator.url}/_emulator`);
    await expectAccessible(page, 'entrance');
    await page.getByLabel('Control key').fill('wrong');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('alert').waitFor();
    await expectFits(page);
    const inside = await openInspector(context);
    await expectAccessible(inside, 'tenants');
    await expectFits(inside);
    await inside.getByRole('link', { name: 'users', exact: true }).click();
    await inside.getByText('251 of 251').waitFor();
    await expectAccessible(inside, 'users');
    await expectFits(inside);
    await inside.getByLabel('Find').fill('ada.abel');
    await inside.getByRole('button', { name: 'Find' }).click();
    await inside.getByRole('link', { name: 'Ada Abel' }).click();
    await inside.getByText('"userPrincipalName": "ada.abel@contoso.onmicrosoft.com"').waitFor();
    await expectAccessible(inside, 'record');
    await expectFits(inside);
  });

  test('the request log shows calls as they come in, and those of one client-request-id', async () => {
    const page = await openInspector(context);
    await page.getByRole('link', { name: 'Requests' }).click();
    const id = `look-${colorScheme}`;
    await call(context, id);
    await page.getByRole('link', { name: id }).waitFor();
    await expectAccessible(page, 'requests');
    await expectFits(page);
    await page.getByRole('link', { name: id }).click();
    await page.getByText('1 request shown').waitFor();
    expect(await page.getByRole('listitem').count()).toBe(1);
  });

  test('people sign in on pages that list what they consent to', async () => {
    const page = await context.newPage();
    const query = new URLSearchParams({
      client_id: graphTools,
      redirect_uri: 'http://localhost',
      response_type: 'code',
      scope: 'openid Group.Read.All',
      prompt: 'consent',
    });
    await page.goto(`${emulator.url}/common/oauth2/v2.0/authorize?${query}`);
    await expectAccessible(page, 'sign-in');
    await expectFits(page);
    await page.getByLabel('Email or user name').fill(emulator.administrator.username);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Group.Read.All' }).waitFor();
    await expectAccessible(page, 'consent');
    await expectFits(page);
  });
});
