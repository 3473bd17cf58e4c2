import { ManualClock } from '@isthmus/kernel';
import { expect, test } from 'vitest';
import { CachedTokens } from './TokenSource.ts';

function tokens(lifetime = 3_600_000) {
  const clock = new ManualClock(new Date('2030-01-01T00:00:00Z'));
  let count = 0;
  const fetch = () => Promise.resolve({ value: `t${++count}`, expiresAt: new Date(clock.now().getTime() + lifetime) });
  const source = new CachedTokens(fetch, clock);
  return { clock, source, fetched: () => count, value: async () => (await source.token()).reveal() };
}

test('callers who come at once share one sign-in', async () => {
  const { source, fetched } = tokens();
  await Promise.all([source.token(), source.token(), source.token()]);
  expect(fetched()).toBe(1);
});

test('shortly before the end a new one is fetched while the old one is still given', async () => {
  const { clock, value } = tokens();
  expect(await value()).toBe('t1');
  clock.advance(56 * 60_000);
  expect(await value()).toBe('t1');
  await new Promise((resolve) => setImmediate(resolve));
  expect(await value()).toBe('t2');
});

test('an ended one is never given', async () => {
  const { clock, value } = tokens();
  await value();
  clock.advance(3_600_000);
  expect(await value()).toBe('t2');
});

test('a refused one is replaced, unless it was replaced already', async () => {
  const { source, value } = tokens();
  const first = await source.token();
  source.reject(first);
  expect(await value()).toBe('t2');
  source.reject(first);
  expect(await value()).toBe('t2');
});
