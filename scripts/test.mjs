#!/usr/bin/env node
import { join } from 'node:path';
import { testPackages } from './lib/debianPackages.mjs';
import { node24, projectEnvironment, root } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';
import { runInForeground } from './lib/run.mjs';
import { setUp } from './lib/setUp.mjs';

await runMain(async () => {
  await setUp('getting ready to test', testPackages);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  return runInForeground([node24, vitest, 'run', ...process.argv.slice(2)], { cwd: root, env: projectEnvironment() });
});
