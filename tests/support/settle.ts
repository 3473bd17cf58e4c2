import type { Page } from 'playwright-core';

/** Longer than any animation of the dashboard: what fades in has too little contrast until it is there. */
const SETTLED_MS = 500;

export async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(SETTLED_MS);
}
