import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './Secret.ts';

test('a secret shows itself only when asked by name', () => {
  const secret = new Secret('open sesame');
  const shown = [`${secret}`, JSON.stringify({ secret }), inspect({ secret }), String(secret)].join(' ');
  expect(shown).not.toContain('sesame');
  expect(secret.reveal()).toBe('open sesame');
});
