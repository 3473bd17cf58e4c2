#!/usr/bin/env node
import { join } from 'node:path';
import { bothOrNeither } from './lib/bothOrNeither.mjs';
import { checkNode } from './lib/checkNode.mjs';
import { ensureDashboard } from './lib/dashboardBuild.mjs';
import { ensureDebianPackages, sandboxPackages } from './lib/debianPackages.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { node24, projectEnvironment, root } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';
import { runInForeground } from './lib/run.mjs';

await runMain(async () => {
  checkNode();
  console.log('Isthmus: getting ready');
  await bothOrNeither(ensureDebianPackages(sandboxPackages), ensureDependencies());
  await ensureDashboard();
  const main = join(root, 'packages', 'sandbox', 'src', 'main.ts');
  return runInForeground([node24, main, '--lifeline', ...process.argv.slice(2)], {
    cwd: root,
    env: projectEnvironment(),
    lifeline: true,
  });
});
