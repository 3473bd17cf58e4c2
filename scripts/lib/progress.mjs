import { explain } from './SetupError.mjs';

function seconds(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

/** Runs one step and says what it is, how it ended and how long it took. */
export async function step(title, work) {
  const start = Date.now();
  console.log(`  … ${title}`);
  try {
    const result = await work();
    console.log(`  ✓ ${title} (${seconds(start)})`);
    return result;
  } catch (error) {
    console.log(`  ✗ ${title} (${seconds(start)})`);
    throw error;
  }
}

/** Runs a script's main function; anything it throws becomes a clear message and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const { message, remedy } = explain(error);
    console.error(`\nIsthmus could not go on: ${message}`);
    if (remedy) console.error(`What to do: ${remedy}`);
    process.exitCode = 1;
  }
}
