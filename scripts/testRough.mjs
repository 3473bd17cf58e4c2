#!/usr/bin/env node
import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bothOrNeither } from './lib/bothOrNeither.mjs';
import { checkNode } from './lib/checkNode.mjs';
import { ensureDashboard } from './lib/dashboardBuild.mjs';
import { ensureDebianPackages, testPackages } from './lib/debianPackages.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { node24, projectEnvironment, root, stateFolder } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';
import { roughSwitches } from './lib/roughSwitches.mjs';
import { runInForeground } from './lib/run.mjs';

// The tests of the emulator assert exact answers of it; what has to stand rough weather is the product.
const everything = ['packages/microsoft365/', 'apps/server/', 'tests/end-to-end/'];

await runMain(async () => {
  checkNode();
  console.log('Isthmus: getting ready to test in rough weather');
  await bothOrNeither(ensureDebianPackages(testPackages), ensureDependencies());
  await ensureDashboard();
  const seed = Number(process.env.ISTHMUS_ROUGH_SEED ?? randomInt(2 ** 31));
  const folder = join(stateFolder, 'rough');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'emulator-settings.json');
  writeFileSync(file, `${JSON.stringify(roughSwitches(seed), undefined, 2)}\n`);
  console.log(
    `Real limits, replicas 2 s behind, one call in a hundred fails. Again the same: ISTHMUS_ROUGH_SEED=${seed}`,
  );
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const wanted = process.argv.slice(2);
  const command = [node24, vitest, 'run', '--retry=0', ...(wanted.length > 0 ? wanted : everything)];
  const env = projectEnvironment({ MICROSOFT365_EMULATOR_SETTINGS: file });
  return runInForeground(command, { cwd: root, env });
});
