import type { Check } from '@isthmus/contracts';
import type { Output } from './Output.ts';

const STATE_WIDTH = 14;
const INDENT = ' '.repeat(STATE_WIDTH + 2);

/** Requirements with their state, what was found and what to do. */
export function showChecks(output: Output, checks: readonly Check[]): void {
  for (const check of checks) {
    output.line(`${check.state.padEnd(STATE_WIDTH)}  ${check.title}: ${check.detail}`);
    if (check.remedy !== null) output.line(`${INDENT}${check.remedy}`);
    for (const command of check.commands) output.line(`${INDENT}${command.label}: ${command.command}`);
  }
}
