#!/usr/bin/env node
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stateFolder } from './lib/paths.mjs';
import { runMain, step } from './lib/progress.mjs';
import { SetupError } from './lib/SetupError.mjs';

const STOP_MS = 45_000;

/** Process id of the running sandbox of this checkout; a recycled id is recognized by its command line. */
function runningSandbox() {
  try {
    const pid = Number.parseInt(readFileSync(join(stateFolder, 'sandbox', 'sandbox.pid'), 'utf8'), 10);
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return commandLine.includes(join('packages', 'sandbox', 'src', 'main.ts')) ? pid : undefined;
  } catch {
    return undefined;
  }
}

async function stopSandbox(pid) {
  process.kill(pid, 'SIGTERM');
  const giveUpAt = Date.now() + STOP_MS;
  while (runningSandbox() === pid) {
    if (Date.now() > giveUpAt)
      throw new SetupError(`The running sandbox (process ${pid}) does not stop.`, `kill -9 ${pid}`);
    await delay(100);
  }
}

await runMain(async () => {
  const pid = runningSandbox();
  if (pid !== undefined) await step('Stopping the running sandbox', () => stopSandbox(pid));
  if (!existsSync(stateFolder)) {
    console.log('There is nothing to throw away.');
    return;
  }
  await step(`Removing ${stateFolder}`, async () =>
    rmSync(stateFolder, { recursive: true, force: true, maxRetries: 5 }),
  );
});
