import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openDashboard } from '../test-support/openDashboard.ts';

/**
 * What shell and Users load before anything is clicked, compressed. React with its DOM is 68 kB of it, router, query
 * cache and translation 56 kB, Fluent 77 kB. Schemas, menus, forms and dialogs come later, when they are needed.
 */
const MOST_BYTES = 256_000;
const MOST_FILES = 45;

test('the first screen stays small', async () => {
  await using dashboard = await openDashboard();
  const { page } = dashboard;
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response.body());
  });
  await dashboard.open('/users');
  await page.getByRole('grid', { name: 'Users' }).waitFor();
  const bodies = await Promise.all(scripts);
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
  expect(bodies.length).toBeLessThan(MOST_FILES);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
