import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { benchBulkCreation } from './bulkCreation.ts';
import { benchDomainRecords } from './domainRecords.ts';
import { benchEmulator } from './emulator.ts';
import { benchFirstLink } from './firstLink.ts';
import { benchImport } from './importUsers.ts';
import { benchLargeDirectory } from './largeDirectory.ts';
import { benchLargeGroup } from './largeGroup.ts';
import { benchLargeLists } from './largeLists.ts';
import { benchLockouts } from './lockouts.ts';
import { benchMatch } from './match.ts';
import { benchPasswords } from './passwords.ts';
import { benchStartAndIdle } from './startAndIdle.ts';
import { type Figure, printFigures } from './support/figures.ts';
import { benchSyncPasses } from './syncPasses.ts';
import { benchWholePasses } from './wholePasses.ts';

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  start: benchStartAndIdle,
  passwords: benchPasswords,
  lockouts: benchLockouts,
  bulk: benchBulkCreation,
  large: benchLargeDirectory,
  emulator: benchEmulator,
  match: benchMatch,
  link: benchFirstLink,
  group: benchLargeGroup,
  domains: benchDomainRecords,
  import: benchImport,
  sync: benchSyncPasses,
  passes: benchWholePasses,
  lists: benchLargeLists,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}

console.log(
  `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`,
);
const results: Record<string, Figure[]> = {};
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const figures = await bench();
  printFigures(name, figures);
  results[name] = figures;
}
const folder = resolve(import.meta.dirname, '..', '.isthmus', 'bench');
await mkdir(folder, { recursive: true });
const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}.json`);
await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`);
console.log(`\nKept in ${file}`);
process.exit(0);
