import { setTimeout as delay } from 'node:timers/promises';

type Calls = Readonly<Record<string, (...parameters: never[]) => Promise<unknown>>>;

/** The same calls, each answered so many milliseconds later, and counted. */
export function slowly<T extends Calls>(
  calls: T,
  latencyMs: number,
): { readonly calls: T; readonly count: () => number } {
  let count = 0;
  const slow = Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      async (...parameters: never[]) => {
        count += 1;
        await delay(latencyMs);
        return call(...parameters);
      },
    ]),
  );
  return { calls: slow as T, count: () => count };
}
