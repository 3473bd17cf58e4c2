import { expect } from 'vitest';

/** Long enough for a machine that is busy with other tests. */
const PATIENCE_MS = 30_000;

/** Expects something of a value that is on its way. */
export const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: PATIENCE_MS });
