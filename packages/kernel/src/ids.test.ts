import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesFromGuid, guidFromBytes, parseUserId } from './ids.ts';

test('a GUID survives the trip to the byte order of Active Directory and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      expect(bytesFromGuid(guidFromBytes(bytes))).toEqual(bytes);
    }),
  );
});

test('the first three groups are little-endian', () => {
  const bytes = Uint8Array.from([0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect(guidFromBytes(bytes)).toBe('00112233-4455-6677-0809-0a0b0c0d0e0f');
});

test('text that is not a GUID is refused with the text in the message', () => {
  expect(() => parseUserId('ada')).toThrow('"ada"');
});
