import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findEncryptedPassword } from './supplementalCredentials.ts';

/** USER_PROPERTIES as MS-SAMR 2.2.10.1 lays them out. */
function credentials(properties: readonly (readonly [name: string, value: Uint8Array])[]): Buffer {
  const header = Buffer.alloc(112);
  header.writeUInt16LE(0x50, 108);
  header.writeUInt16LE(properties.length, 110);
  const parts = properties.map(([name, value]) => {
    const nameBytes = Buffer.from(name, 'utf16le');
    const hex = Buffer.from(Buffer.from(value).toString('hex'), 'latin1');
    const lengths = Buffer.alloc(6);
    lengths.writeUInt16LE(nameBytes.length, 0);
    lengths.writeUInt16LE(hex.length, 2);
    return Buffer.concat([lengths, nameBytes, hex]);
  });
  return Buffer.concat([header, ...parts, Buffer.from([0])]);
}

test('the captured password is found among other properties', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.uint8Array({ maxLength: 50 }), (message, other) => {
      const bytes = credentials([
        ['Primary:Kerberos', other],
        ['Primary:SambaGPG', message],
        ['Packages', other],
      ]);
      expect(findEncryptedPassword(bytes)).toEqual(Buffer.from(message));
    }),
  );
});

test('without the property, and for bytes of any kind, there is none', () => {
  expect(findEncryptedPassword(credentials([['Primary:Kerberos', Buffer.from('x')]]))).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(findEncryptedPassword(bytes)).toBeUndefined();
    }),
  );
  const cut = credentials([['Primary:SambaGPG', Buffer.from('message')]]).subarray(0, 150);
  expect(findEncryptedPassword(cut)).toBeUndefined();
});
