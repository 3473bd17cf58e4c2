import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './paths.mjs';
import { step } from './progress.mjs';
import { mustRun } from './run.mjs';
import { SetupError } from './SetupError.mjs';

const MEGABYTE = 1024 * 1024;
/** What node_modules takes, with a little over. */
const ROOM = 1300 * MEGABYTE;

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

/** npm on a full disk fails late and with any error but that one, so the room is looked at first. */
export function checkRoom(status = statfsSync(root)) {
  const free = status.bavail * status.bsize;
  if (free >= ROOM) return;
  throw new SetupError(
    `The disk has ${Math.floor(free / MEGABYTE)} MB left, too little for the npm packages.`,
    `Free about ${ROOM / MEGABYTE} MB and start again.`,
  );
}

export async function ensureDependencies() {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (!isInstalled(wanted, installed) || !existsSync(node24)) {
    checkRoom();
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
