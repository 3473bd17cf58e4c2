import { cruise, format, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

/**
 * dependency-cruiser reports success on zero modules when it cannot read TypeScript (as with TypeScript 7). Fewer
 * modules than this mean that the rules were not checked.
 */
const FLOOR = 400;
const FOLDERS = ['apps', 'packages', 'tests', 'tools', 'bench'];

const options = await extractDepcruiseOptions('./.dependency-cruiser.cjs');
const result = await cruise(FOLDERS, options, undefined, { tsConfig: extractTSConfig('tsconfig.json') });
const { summary } = result.output as ICruiseResult;
const report = await format(result.output as ICruiseResult, { outputType: 'err' });
console.log(String(report.output).trim());
if (summary.totalCruised < FLOOR) {
  console.log(`Only ${summary.totalCruised} modules were read, fewer than ${FLOOR}: the rules were not checked.`);
}
process.exitCode = summary.error > 0 || summary.totalCruised < FLOOR ? 1 : 0;
