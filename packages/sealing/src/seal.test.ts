import { Secret } from '@isthmus/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generateSealingKeyPair, open, publicKeyOf, seal, textOf } from './index.ts';

const pair = generateSealingKeyPair();
const refused = { code: 'sealing.not-opened' };

test('what is sealed comes out whole for the same key and context', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (bytes, context) => {
      const sealed = await seal(pair.publicKey, new Secret(bytes), context);
      expect((await open(pair.privateKey, sealed, context)).reveal()).toEqual(new Uint8Array(bytes));
    }),
    { numRuns: 50 },
  );
});

test('text keeps every character', async () => {
  const sealed = await seal(pair.publicKey, new Secret('Pä$$wörd-€ 😀'), 'password:1');
  expect(textOf(await open(pair.privateKey, sealed, 'password:1')).reveal()).toBe('Pä$$wörd-€ 😀');
});

test('another context, another key and every changed byte are refused', async () => {
  const sealed = await seal(pair.publicKey, new Secret('secret'), 'password:one');
  await expect(open(pair.privateKey, sealed, 'password:two')).rejects.toMatchObject(refused);
  await expect(open(generateSealingKeyPair().privateKey, sealed, 'password:one')).rejects.toMatchObject(refused);
  const bytes = Buffer.from(sealed, 'base64');
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (index, flip) => {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ flip;
      await expect(open(pair.privateKey, changed.toString('base64'), 'password:one')).rejects.toMatchObject(refused);
    }),
    { numRuns: 50 },
  );
  for (const damaged of ['', 'AQ==', sealed.slice(0, 20)]) {
    await expect(open(pair.privateKey, damaged, 'password:one')).rejects.toMatchObject(refused);
  }
});

test('sealing twice gives different bytes of one length, whatever the length of the password', async () => {
  const short = await seal(pair.publicKey, new Secret('a'), 'c');
  const again = await seal(pair.publicKey, new Secret('a'), 'c');
  const long = await seal(pair.publicKey, new Secret('a rather long passphrase'), 'c');
  expect(short).not.toBe(again);
  expect(short).toHaveLength(long.length);
});

test('the public key follows from the private one, and a wrong one is refused', async () => {
  expect(publicKeyOf(pair.privateKey)).toBe(pair.publicKey);
  await expect(seal('bm9uc2Vuc2U=', new Secret('a'), 'c')).rejects.toMatchObject({ code: 'sealing.key-invalid' });
});
