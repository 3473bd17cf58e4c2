import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Longer than any animation of the dashboard. */
const SETTLED_MS = 500;

/** No violation of WCAG 2.2 AA or of axe's best practices. Fluent's focus sentinels are hidden by design. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // What fades in has too little contrast until it is there.
  await page.waitForTimeout(SETTLED_MS);
  const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  expect(found, what).toEqual([]);
}
