#!/usr/bin/env node
import { join } from 'node:path';
import { testPackages } from './lib/debianPackages.mjs';
import { node24, projectEnvironment, root } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';
import { runInForeground } from './lib/run.mjs';
import { setUp } from './lib/setUp.mjs';

await runMain(async () => {
  await setUp('getting ready to measure', testPackages);
  const main = join(root, 'bench', 'main.ts');
  return runInForeground([node24, main, ...process.argv.slice(2)], { cwd: root, env: projectEnvironment() });
});
