import { readdir, readFile } from 'node:fs/promises';

/** Clock ticks a second in /proc (USER_HZ), 100 on every Linux that Node runs on. */
const TICKS = 100;

export interface ProcessUse {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Proportional set size. */
  readonly megabytes: number;
  readonly cpuSeconds: number;
}

async function readProcess(pid: number): Promise<ProcessUse | undefined> {
  try {
    const [stat, command, memory] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => ''),
    ]);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(memory)?.[1] ?? 0);
    return {
      pid,
      parent: Number(fields[1]),
      command: command.replaceAll('\0', ' ').trim(),
      megabytes: kilobytes / 1024,
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
    };
  } catch {
    return undefined;
  }
}

/** The process and everything below it. */
export async function processTree(root: number): Promise<readonly ProcessUse[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(readProcess))).filter((process) => process !== undefined);
  const family = new Set([root]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const process of all) if (family.has(process.parent)) family.add(process.pid);
  }
  return all.filter((process) => family.has(process.pid));
}
