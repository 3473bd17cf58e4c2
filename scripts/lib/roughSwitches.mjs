const LAG_MS = 2000;
const SHARE = 0.01;
const paths = ['/v1.0/**', '/adminapi/**', '/_api/**', '/**/_api/**'];

const error = (code, message) => ({ error: { code, message } });

const kinds = [
  {
    answer: {
      status: 429,
      headers: { 'retry-after': '1' },
      body: error('TooManyRequests', 'Please retry again later.'),
    },
  },
  { answer: { status: 503, body: error('serviceNotAvailable', 'The service is not available. Try again later.') } },
  { reset: 'before' },
  { reset: 'after' },
];

/** Switches of the emulator for rough weather; the seed decides which calls are hit. */
export function roughSwitches(seed) {
  const faults = paths.flatMap((path, row) =>
    kinds.map((kind, column) => ({
      path,
      calls: { share: SHARE / kinds.length, seed: (seed + 1009 * row + 9176 * column) % 2 ** 31 },
      ...kind,
    })),
  );
  return { settings: { throttling: { mode: 'real' }, lagMs: { all: LAG_MS } }, faults };
}
