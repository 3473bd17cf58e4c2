import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passwordWrittenAt } from './replicationMetadata.ts';

function metadata(entries: readonly (readonly [attribute: number, second: bigint])[]): Buffer {
  const bytes = Buffer.alloc(16 + 48 * entries.length);
  bytes.writeUInt32LE(1, 0);
  bytes.writeUInt32LE(entries.length, 8);
  for (const [index, [attribute, second]] of entries.entries()) {
    bytes.writeUInt32LE(attribute, 16 + 48 * index);
    bytes.writeBigUInt64LE(second, 16 + 48 * index + 8);
  }
  return bytes;
}

test('the stamp of the password is taken, at the end of its second', () => {
  expect(
    passwordWrittenAt(
      metadata([
        [0x90008, 5n],
        [0x9005a, 13_439_879_057n],
      ]),
    ),
  ).toBe(134_398_790_579_999_999n);
});

test('without a stamp, and for bytes of any kind, there is none', () => {
  expect(passwordWrittenAt(metadata([[0x90008, 5n]]))).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(() => passwordWrittenAt(bytes)).not.toThrow();
    }),
  );
});
