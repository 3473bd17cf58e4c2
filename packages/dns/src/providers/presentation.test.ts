import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readZoneFileData, zoneFileData } from './presentation.ts';

test('any text is written and read again the same, in strings of at most 255 bytes', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.string({ minLength: 250, maxLength: 600 }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const data = zoneFileData({ type: 'TXT', name: 'a.test', ttl: 1, text });
      expect(readZoneFileData('a.test', 'TXT', 1, data)).toMatchObject({ text });
      for (const [, inside = ''] of data.matchAll(/"((?:[^"\\]|\\.)*)"/gs)) {
        expect(Buffer.byteLength(inside.replaceAll(/\\(.)/gs, '$1'))).toBeLessThanOrEqual(255);
      }
    }),
  );
});

test('bytes in numbers, and strings without quotation marks, are read', () => {
  expect(readZoneFileData('a.test', 'TXT', 1, '"b\\195\\188cher" "\\"x\\""')).toMatchObject({ text: 'bücher"x"' });
  expect(readZoneFileData('a.test', 'TXT', 1, 'plain')).toMatchObject({ text: 'plain' });
});

test.each([
  ['MX', 'ten mail.test.'],
  ['MX', '10'],
  ['SRV', '1 2 mail.test.'],
] as const)('%s %j is not a record', (type, data) => {
  expect(readZoneFileData('a.test', type, 1, data)).toBeUndefined();
});
