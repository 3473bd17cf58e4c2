import { readFile, writeFile } from 'node:fs/promises';
import { type LockPackages, missingOptionalEntries } from './completeLockFile.ts';

const PATH = 'package-lock.json';
const shouldWrite = process.argv.includes('--write');

interface LockFile {
  readonly packages: LockPackages;
}

const lock = JSON.parse(await readFile(PATH, 'utf8')) as LockFile;
const missing = missingOptionalEntries(lock.packages);
const names = Object.keys(missing);
if (names.length > 0 && shouldWrite) {
  const entries = Object.entries({ ...lock.packages, ...missing });
  const sorted = entries.sort(([a], [b]) => a.localeCompare(b, 'en'));
  await writeFile(PATH, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`Added ${names.length} packages for other platforms to ${PATH}.`);
} else if (names.length > 0) {
  console.log(`${PATH} lacks packages for other platforms, so "npm ci" would refuse it:\n  ${names.join('\n  ')}`);
  console.log('Run: node tools/checkLockFile.ts --write');
  process.exitCode = 1;
}
