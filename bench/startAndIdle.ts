import { rm } from 'node:fs/promises';
import { createOnlineAccounts, integrate, startTestSandbox } from '../tests/support/TestSandbox.ts';
import type { Figure } from './support/figures.ts';
import { type ProcessUse, processTree } from './support/processes.ts';

const IDLE_SECONDS = 15;

const PARTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['server', /apps\/server\/src\/main/],
  ['agent', /apps\/agent\/src\/main/],
  ['emulator', /microsoft365-emulator/],
  ['PostgreSQL', /postgres/],
  ['Samba', /samba/],
];

const partOf = (process: ProcessUse): string =>
  PARTS.find(([, pattern]) => pattern.test(process.command))?.[0] ?? 'the rest';

function byPart(tree: readonly ProcessUse[], of: (process: ProcessUse) => number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const process of tree) sums.set(partOf(process), (sums.get(partOf(process)) ?? 0) + of(process));
  return sums;
}

async function idleFigures(root: number): Promise<Figure[]> {
  const before = byPart(await processTree(root), (process) => process.cpuSeconds);
  await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000));
  const tree = await processTree(root);
  const after = byPart(tree, (process) => process.cpuSeconds);
  const memory = byPart(tree, (process) => process.megabytes);
  return [...memory].flatMap(([part, megabytes]) => [
    { name: `idle memory: ${part}`, value: megabytes, unit: 'MB' },
    {
      name: `idle processor: ${part}`,
      value: (((after.get(part) ?? 0) - (before.get(part) ?? 0)) / IDLE_SECONDS) * 100,
      unit: '% of a core',
    },
  ]);
}

/** First and second start of the sandbox, and what it costs while nothing happens, with everybody linked. */
export async function benchStartAndIdle(): Promise<Figure[]> {
  const first = await startTestSandbox({ keepState: true });
  const { stateFolder } = first;
  await integrate(first);
  await createOnlineAccounts(first.api);
  await first.stop();
  const second = await startTestSandbox({ stateFolder });
  try {
    return [
      { name: 'first start of the sandbox, packages and archive there', value: first.startedInMs / 1000, unit: 's' },
      { name: 'second start', value: second.startedInMs / 1000, unit: 's', aim: 'seconds' },
      ...(await idleFigures(second.process.pid ?? 0)),
    ];
  } finally {
    await second.stop();
    await rm(stateFolder, { recursive: true, force: true });
  }
}
