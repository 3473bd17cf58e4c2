#!/usr/bin/env node
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testPackages } from './lib/debianPackages.mjs';
import { node24, projectEnvironment, root, stateFolder } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';
import { readRoughArguments } from './lib/roughArguments.mjs';
import { roughSwitches } from './lib/roughSwitches.mjs';
import { runInForeground } from './lib/run.mjs';
import { setUp } from './lib/setUp.mjs';

// Tests without real parts meet no weather. The emulator's own tests ask for its exact answers, which weather is there
// to change: what has to stand it is everything else.
const realParts = ['--project=parts', '--project=end-to-end'];
const ownOfTheEmulator = ['packages/microsoft365-emulator/**', 'tests/end-to-end/emulatorPages.test.ts'];

await runMain(async () => {
  const { seed, wanted } = readRoughArguments(process.argv.slice(2));
  await setUp('getting ready to test in rough weather', testPackages);
  const folder = join(stateFolder, 'rough');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'emulator-settings.json');
  writeFileSync(file, `${JSON.stringify(roughSwitches(seed), undefined, 2)}\n`);
  console.log(
    "Every test that starts real parts, except the emulator's own, against a tenant with real limits, replicas 2 s " +
      'behind, and one call in a hundred answered with 429 or 503 or cut off.\n' +
      `The same weather again: npm run test:rough -- --seed ${seed}${wanted.map((each) => ` ${each}`).join('')}`,
  );
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const excluded = ownOfTheEmulator.map((pattern) => `--exclude=${pattern}`);
  // A failure that a second try hides is what this run is made to find.
  const command = [node24, vitest, 'run', '--retry=0', ...realParts, ...excluded, ...wanted];
  const env = projectEnvironment({ MICROSOFT365_EMULATOR_SETTINGS: file });
  return runInForeground(command, { cwd: root, env });
});
