import type { Locator, Page } from 'playwright-core';

const MOST_STOPS = 80;

const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluateAll((elements) => elements.some((element) => element === element.ownerDocument.activeElement));

/** Presses Tab until the element has the focus; fails when the keyboard cannot reach it. */
export async function tabTo(page: Page, locator: Locator): Promise<void> {
  await locator.first().waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await hasFocus(locator)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${locator} in ${MOST_STOPS} stops.`);
}

/** Goes to a button or link by Tab and presses Enter on it. */
export async function press(page: Page, locator: Locator): Promise<void> {
  await tabTo(page, locator);
  await page.keyboard.press('Enter');
}
