import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './paths.mjs';
import { step } from './progress.mjs';
import { mustRun } from './run.mjs';
import { SetupError } from './SetupError.mjs';

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * True when node_modules holds what package-lock.json names. npm writes its own record after a complete
 * installation only; packages for other platforms are optional and absent from it.
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.optional && !entry.link)
    .every(([path, entry]) => installed[path]?.version === entry.version);
}

export async function ensureDependencies() {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (!isInstalled(wanted, installed) || !existsSync(node24)) {
    await step('Installing the npm packages', () =>
      mustRun(['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root }),
    );
  }
  if (!existsSync(node24)) {
    throw new SetupError(
      'The package "node", which brings Node.js 24, was installed without its program.',
      'Run "npm rebuild node" in this folder, with install scripts allowed, and start again.',
    );
  }
}
