#!/usr/bin/env node
import { join } from 'node:path';
import { checkNode } from './lib/checkNode.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { node24, projectEnvironment, root } from './lib/paths.mjs';
import { runMain } from './lib/progress.mjs';
import { run } from './lib/run.mjs';

const CHECKS = [
  { name: 'lock file', command: [node24, join('tools', 'checkLockFile.ts')] },
  { name: 'format and lint (Biome)', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types (tsc)', command: ['tsc', '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'types of the dashboard (tsc)', command: ['tsc', '-p', 'apps/dashboard/tsconfig.json', '--noEmit'] },
  {
    name: 'type-aware rules (ESLint)',
    command: [
      'eslint',
      '--max-warnings=0',
      '--no-error-on-unmatched-pattern',
      'apps',
      'packages',
      'tests',
      'tools',
      'bench',
    ],
  },
  { name: 'dependency rules (dependency-cruiser)', command: [node24, join('tools', 'checkDependencies.ts')] },
  { name: 'dead code and dependencies (knip)', command: ['knip', '--no-progress'] },
];
const AT_ONCE = 2;

async function runCheck({ name, command }) {
  const start = Date.now();
  const { exitCode, output } = await run(command, { cwd: root, env: projectEnvironment({ FORCE_COLOR: '0' }) });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`  ${exitCode === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (exitCode !== 0) console.log(`${output.trim()}\n`);
  return exitCode === 0;
}

async function runAll() {
  const waiting = [...CHECKS];
  const results = [];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) results.push(await runCheck(check));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

await runMain(async () => {
  checkNode();
  await ensureDependencies();
  console.log('Isthmus: checking');
  const failed = (await runAll()).filter((isGood) => !isGood).length;
  console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${CHECKS.length} checks failed.`);
  return failed === 0 ? 0 : 1;
});
