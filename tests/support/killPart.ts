import { readdir, readFile } from 'node:fs/promises';

async function parentAndCommand(pid: number): Promise<{ pid: number; parent: number; command: string } | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return { pid, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), command };
  } catch {
    return undefined;
  }
}

/** Processes below `root` whose command line matches. */
async function findDescendants(root: number, pattern: RegExp): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(parentAndCommand))).filter((process) => process !== undefined);
  const family = new Set([root]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const process of all) if (family.has(process.parent)) family.add(process.pid);
  }
  return all
    .filter(({ pid, command }) => pid !== root && family.has(pid) && pattern.test(command))
    .map(({ pid }) => pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // A child may end with its parent, which was killed a moment ago.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** kill -9 for a part of the sandbox, as a crash would end it. */
export async function killPart(root: number, pattern: RegExp): Promise<void> {
  const found = await findDescendants(root, pattern);
  if (found.length === 0) throw new Error(`Nothing that matches ${pattern} runs below ${root}.`);
  for (const pid of found) kill(pid);
}
