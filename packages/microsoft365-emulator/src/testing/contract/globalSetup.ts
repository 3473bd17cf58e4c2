import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGraphDescription } from '../graphDescription.ts';
import { type ContractReport, checkExchanges } from './checkExchanges.ts';
import { GraphDescription } from './GraphDescription.ts';

const VARIABLE = 'MICROSOFT365_EMULATOR_RECORD';

/**
 * Has every emulator of a test run write down its Graph exchanges, and holds them against Microsoft's description of Graph
 * when the run is over. The run fails when one of them is not as described.
 */
export function setup(): (() => Promise<void>) | undefined {
  const file = findGraphDescription();
  if (file === undefined) {
    process.stdout.write('Graph contract: skipped, as there is no description of Graph beside the repository.\n');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'graph-exchanges-'));
  process.env[VARIABLE] = folder;
  return async () => {
    delete process.env[VARIABLE];
    try {
      const report = await checkExchanges(folder, new GraphDescription(file));
      if (report.checked > 0) process.stdout.write(`${reportText(report)}\n`);
      if (report.violations.size > 0) process.exitCode = 1;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

function reportText({ checked, exercised, described, undescribed, violations }: ContractReport): string {
  const summary = `Graph contract: ${checked} exchanges checked, ${undescribed} of them with operations that are not described; ${exercised.length} of ${described} operations carried out.`;
  const lines = [...violations].map(([violation, times]) => `  ${violation}, ${times} times`);
  return violations.size === 0 ? summary : [summary, `${violations.size} violations:`, ...lines.toSorted()].join('\n');
}
