import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectEnvironment, root } from './paths.mjs';
import { step } from './progress.mjs';
import { mustRun } from './run.mjs';

const DASHBOARD = join(root, 'apps', 'dashboard');
const STAMP = join(DASHBOARD, 'dist', '.built-from');
const SOURCES = [
  'apps/dashboard',
  'packages/contracts',
  'packages/api-client',
  'packages/kernel',
  'package-lock.json',
  'tsconfig.base.json',
];
const NOT_SOURCES = new Set(['node_modules', 'dist']);

function addToHash(hash, path) {
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (NOT_SOURCES.has(entry.name) || entry.name.includes('.test.')) continue;
    const inner = join(path, entry.name);
    hash.update(entry.name);
    if (entry.isDirectory()) addToHash(hash, inner);
    else hash.update(readFileSync(inner));
  }
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const path = join(root, source);
    if (source.endsWith('.json')) hash.update(readFileSync(path));
    else addToHash(hash, path);
  }
  return hash.digest('hex');
}

/** Builds the dashboard when its sources are not those of the last build. */
export async function ensureDashboard() {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  await step('Building the dashboard', async () => {
    await mustRun([join(root, 'node_modules', '.bin', 'vite'), 'build', '--logLevel', 'warn'], {
      cwd: DASHBOARD,
      env: projectEnvironment({ NODE_ENV: 'production' }),
    });
    writeFileSync(STAMP, wanted);
  });
}
