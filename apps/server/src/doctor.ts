import process from 'node:process';
import type { Check } from '@isthmus/contracts';
import { isDomainError } from '@isthmus/kernel';
import { doctorChecks } from './composition/doctorChecks.ts';
import { loadConfiguration } from './config/loadConfiguration.ts';

const signs: Readonly<Record<Check['state'], string>> = {
  passed: 'ok  ',
  warning: 'warn',
  failed: 'FAIL',
  'not-applicable': '-   ',
  unknown: '?   ',
};

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function printCheck({ state, title, detail, remedy, commands }: Check): void {
  print(`${signs[state]}  ${title}: ${detail}`);
  if (remedy !== null) print(`      ${remedy}`);
  for (const { label, command } of commands) print(`      [${label}] ${command}`);
}

async function run(asJson: boolean): Promise<number> {
  const checks = await doctorChecks(await loadConfiguration());
  const failed = checks.filter(({ state }) => state === 'failed').length;
  if (asJson) {
    print(JSON.stringify({ healthy: failed === 0, checks }, undefined, 2));
  } else {
    for (const check of checks) printCheck(check);
    print(failed === 0 ? '\nNothing is wrong.' : `\n${failed} ${failed === 1 ? 'check has' : 'checks have'} failed.`);
  }
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await run(process.argv.includes('--json'));
} catch (error) {
  const remedy = isDomainError(error) ? error.remedy : undefined;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${remedy ?? ''}\n`);
  process.exitCode = 1;
}
process.exit();
