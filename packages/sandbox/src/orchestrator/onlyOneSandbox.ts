import { open, readFile, rm } from 'node:fs/promises';
import { DomainError } from '@isthmus/kernel';
import { z } from 'zod';
import { readJsonFile } from './privateFile.ts';
import type { SandboxFolders } from './sandboxFolders.ts';

const readySchema = z.object({ dashboard: z.object({ url: z.string() }) });

/** True for a living sandbox; a process id that was given to another program is recognized by its command line. */
async function isSandbox(pid: number): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.includes('packages/sandbox/src/main.ts');
}

async function alreadyRunning(folders: SandboxFolders, pid: number): Promise<DomainError> {
  const ready = await readJsonFile(folders.readyFile, readySchema).catch(() => undefined);
  const where = ready === undefined ? 'it is still starting' : `the dashboard is at ${ready.dashboard.url}`;
  return new DomainError({
    code: 'sandbox.already-running',
    message: `The sandbox of this checkout already runs (process ${pid}): ${where}.`,
    remedy: 'Use it, or stop it with Ctrl+C in its terminal first.',
  });
}

/** Writes our process id where the next start finds it. Returns what takes it away again. */
export async function claimSandbox(folders: SandboxFolders): Promise<() => Promise<void>> {
  for (;;) {
    try {
      const file = await open(folders.pidFile, 'wx', 0o600);
      await file.writeFile(`${process.pid}\n`);
      await file.close();
      return () => rm(folders.pidFile, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const pid = Number.parseInt(await readFile(folders.pidFile, 'utf8').catch(() => ''), 10);
      if (pid !== process.pid && (await isSandbox(pid))) throw await alreadyRunning(folders, pid);
      await rm(folders.pidFile, { force: true });
    }
  }
}
