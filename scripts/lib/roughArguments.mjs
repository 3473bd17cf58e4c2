import { randomInt } from 'node:crypto';
import { SetupError } from './SetupError.mjs';

const SEEDS = 2 ** 31;

/** `--seed 4711` repeats the weather of an earlier run; the rest goes to the test runner: files, `-t name`. */
export function readRoughArguments(given) {
  const at = given.findIndex((argument) => argument === '--seed' || argument.startsWith('--seed='));
  if (at === -1) return { seed: randomInt(SEEDS), wanted: given };
  const isJoined = given[at] !== '--seed';
  const text = isJoined ? given[at].slice('--seed='.length) : (given[at + 1] ?? '');
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed >= SEEDS) {
    throw new SetupError(`"${text}" is no seed.`, `Give a whole number below ${SEEDS}, for example --seed 4711.`);
  }
  return { seed, wanted: given.toSpliced(at, isJoined ? 1 : 2) };
}
