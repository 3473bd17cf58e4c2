import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { type BrowserOptions, openBrowser } from './browser.ts';
import { builtDashboard } from './builtDashboard.ts';
import type { FakeWorld, FakeWorldOptions } from './FakeWorld.ts';
import { startFakeServer } from './startFakeServer.ts';

export interface DashboardOptions extends BrowserOptions {
  readonly world?: Partial<FakeWorldOptions>;
  readonly signedIn?: boolean;
}

export interface OpenDashboard extends AsyncDisposable {
  readonly page: Page;
  readonly world: FakeWorld;
  readonly url: string;
  readonly complaints: readonly string[];
  open(path: string): Promise<void>;
}

/** Long enough for a machine that is busy with other tests. */
const PATIENCE_MS = 30_000;

/** The built dashboard in a browser, on an API in memory, with an administrator signed in. */
export async function openDashboard(options: DashboardOptions = {}): Promise<OpenDashboard> {
  const { world: worldOptions = {}, signedIn = true, ...browserOptions } = options;
  const server = await startFakeServer(await builtDashboard(), worldOptions);
  server.world.signedIn = signedIn;
  const browser = await openBrowser(browserOptions);
  browser.page.setDefaultTimeout(PATIENCE_MS);
  return {
    page: browser.page,
    world: server.world,
    url: server.url,
    complaints: browser.complaints,
    open: async (path) => {
      await browser.page.goto(`${server.url}${path}`);
    },
    [Symbol.asyncDispose]: async () => {
      await browser[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}

/** What axe finds, in short. Fluent's focus sentinels are by design hidden from screen readers and focusable. */
export async function violationsOf(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('[data-tabster-dummy]');
  const { violations } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
}

/** True when the page as a whole can be scrolled sideways. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}
