import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { scrollsSideways, violationsOf } from './openDashboard.ts';

/** Each state is measured in light and in dark, and at 320 pixels, where it must not scroll sideways either. */
export async function expectClean(page: Page, state: string): Promise<void> {
  const wide = page.viewportSize() ?? { width: 1366, height: 820 };
  const found: string[] = [];
  await settle(page);
  for (const violation of await violationsOf(page)) found.push(`light, ${violation}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await settle(page);
  for (const violation of await violationsOf(page, ['color-contrast', 'link-in-text-block']))
    found.push(`dark, ${violation}`);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 700 });
  await settle(page);
  for (const violation of await violationsOf(page)) found.push(`320, ${violation}`);
  if (await scrollsSideways(page)) found.push('320, scrolls sideways');
  await page.setViewportSize(wide);
  await settle(page);
  expect({ state, found }).toEqual({ state, found: [] });
}

/** What is measured has arrived. Axe measures colors, so nothing may be half faded in. The time of a toast is an animation too, of nothing seen. */
async function settle(page: Page): Promise<void> {
  const loading = page.getByRole('progressbar', { name: 'Loading…' });
  await expect.poll(() => loading.count(), { timeout: 30_000 }).toBe(0);
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => {
      const target = effect instanceof KeyframeEffect ? effect.target : null;
      return playState !== 'running' || target?.hasAttribute('data-timer-status') === true;
    }),
  );
}
