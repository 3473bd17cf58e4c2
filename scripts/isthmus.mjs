#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode } from './lib/checkNode.mjs';
import { node24, root } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';
import { runInForeground } from './lib/run.mjs';
import { SetupError } from './lib/SetupError.mjs';

await runMain(async () => {
  checkNode();
  if (!existsSync(node24)) throw new SetupError('The npm packages are not installed.', `Run "npm ci" in ${root}.`);
  return runInForeground([node24, join(root, 'apps', 'cli', 'src', 'main.ts'), ...process.argv.slice(2)]);
});
