import { expect, test } from 'vitest';
import { roughSwitches } from './roughSwitches.mjs';

test('one call in a hundred fails, in four ways, the same ones for the same seed', () => {
  const { faults, settings } = roughSwitches(7);
  const ofGraph = faults.filter(({ path }) => path === '/v1.0/**');
  expect(ofGraph.reduce((sum, { calls }) => sum + calls.share, 0)).toBeCloseTo(0.01);
  expect(new Set(faults.map(({ calls }) => calls.seed)).size).toBe(faults.length);
  expect(roughSwitches(7)).toEqual(roughSwitches(7));
  expect(roughSwitches(7)).not.toEqual(roughSwitches(8));
  expect(settings).toEqual({ throttling: { mode: 'real' }, lagMs: { all: 2000 } });
});
