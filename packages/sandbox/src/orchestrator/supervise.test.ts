import { expect, test } from 'vitest';
import type { Part } from './Part.ts';
import { supervise } from './supervise.ts';

/** A part whose end the test decides. */
function makePart(): Part & { end(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    name: 'The part',
    ended: promise,
    end: resolve,
    async stop() {
      resolve();
    },
  };
}

function started() {
  const parts: ReturnType<typeof makePart>[] = [];
  const waiting: (() => void)[] = [];
  return {
    parts,
    start: async () => {
      const part = makePart();
      parts.push(part);
      for (const wake of waiting.splice(0)) wake();
      return part;
    },
    /** Settles at the next start. */
    next: () => new Promise<void>((resolve) => waiting.push(resolve)),
  };
}

test('a part that ends by itself is started again, and others hear of it', async () => {
  const { parts, start, next } = started();
  const said: string[] = [];
  const restarted = Promise.withResolvers<void>();
  const supervised = await supervise({
    start,
    say: (line) => said.push(line),
    restarted: async () => restarted.resolve(),
    pauseMs: 0,
  });
  const again = next();
  parts[0]!.end();
  await again;
  await restarted.promise;
  expect(supervised.current()).toBe(parts[1]);
  expect(said).toEqual(['The part ended unexpectedly: starting it again.', 'The part runs again.']);
  await supervised.stop();
});

test('a part that is stopped stays stopped', async () => {
  const { parts, start } = started();
  const supervised = await supervise({ start, say: () => undefined, pauseMs: 0 });
  await supervised.stop();
  expect(parts).toHaveLength(1);
});

test('a part that ends again and again is given up on', async () => {
  const start = async (): Promise<Part> => {
    const part = makePart();
    part.end();
    return part;
  };
  const supervised = await supervise({ start, say: () => undefined, pauseMs: 0 });
  await expect(supervised.failed).rejects.toMatchObject({ code: 'sandbox.part-ends-too-often' });
});
