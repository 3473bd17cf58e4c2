import { randomBytes } from 'node:crypto';
import { Secret } from '@isthmus/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openAtRest, sealAtRest, textOf } from './index.ts';

const key = new Secret<Uint8Array>(randomBytes(32));
const refused = expect.objectContaining({ code: 'sealing.not-opened' });

test('a stored secret comes out whole for the same key and context', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string(), (text, context) => {
      expect(textOf(openAtRest(key, sealAtRest(key, new Secret(text), context), context)).reveal()).toBe(text);
    }),
  );
});

test('another context, another key and every changed byte are refused', () => {
  const sealed = sealAtRest(key, new Secret('secret'), 'tenant');
  expect(() => openAtRest(key, sealed, 'mail')).toThrow(refused);
  expect(() => openAtRest(new Secret<Uint8Array>(randomBytes(32)), sealed, 'tenant')).toThrow(refused);
  expect(() => openAtRest(key, '', 'tenant')).toThrow(refused);
  const bytes = Buffer.from(sealed, 'base64');
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => openAtRest(key, changed.toString('base64'), 'tenant')).toThrow(refused);
  }
});

test('a key of another length is refused', () => {
  expect(() => sealAtRest(new Secret<Uint8Array>(randomBytes(16)), new Secret('x'), 'c')).toThrow(/32 bytes/);
});
