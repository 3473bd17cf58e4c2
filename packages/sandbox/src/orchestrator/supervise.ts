import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '@isthmus/kernel';
import type { Part } from './Part.ts';

const PAUSE_MS = 1000;
const ATTEMPTS = 5;
const WITHIN_MS = 60_000;

export interface Supervised<T extends Part> {
  /** The part as it runs now; another one after a restart. */
  current(): T;
  /** Rejects when the part could not be kept alive; never resolves. */
  readonly failed: Promise<never>;
  /** Ends the part so that it is started again. */
  recycle(): Promise<void>;
  stop(): Promise<void>;
}

export interface Supervision<T extends Part> {
  readonly start: () => Promise<T>;
  readonly say: (line: string) => void;
  /** Called after each start that follows an unexpected end. */
  readonly restarted?: (() => Promise<void>) | undefined;
  readonly pauseMs?: number;
}

/** Starts a part and, when it ends by itself, starts it again; five ends within a minute are given up on. */
export async function supervise<T extends Part>(supervision: Supervision<T>): Promise<Supervised<T>> {
  const { start, say, restarted, pauseMs = PAUSE_MS } = supervision;
  let current = await start();
  const stopping = new AbortController();
  // A function, because what a property held before an await says nothing about it afterwards.
  const isStopping = (): boolean => stopping.signal.aborted;
  const ends: number[] = [];

  async function restart(): Promise<void> {
    say(`${current.name} ended unexpectedly: starting it again.`);
    await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    if (isStopping()) return;
    current = await start();
    // Stopped while it was starting: nobody else would stop the new one.
    if (isStopping()) return current.stop();
    say(`${current.name} runs again.`);
    await restarted?.();
  }

  async function watch(): Promise<void> {
    while (!isStopping()) {
      await current.ended;
      if (isStopping()) return;
      const now = Date.now();
      ends.push(now);
      if (ends.filter((end) => now - end < WITHIN_MS).length >= ATTEMPTS) throw endsTooOften(current.name);
      await restart();
    }
  }

  const watching = watch();
  const failed = new Promise<never>((_, reject) => {
    watching.catch(reject);
  });
  // Whoever waits for it sees the failure; that nobody waits any more is no failure of its own.
  failed.catch(() => undefined);
  return {
    current: () => current,
    failed,
    recycle: () => current.stop(),
    async stop() {
      stopping.abort();
      await current.stop();
      await watching.catch(() => undefined);
    },
  };
}

function endsTooOften(name: string): DomainError {
  return new DomainError({
    code: 'sandbox.part-ends-too-often',
    message: `${name} ended ${ATTEMPTS} times within a minute.`,
    remedy: 'Look into its log in .isthmus/sandbox/logs.',
  });
}
