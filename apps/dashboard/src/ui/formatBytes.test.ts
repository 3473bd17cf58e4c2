import { expect, test } from 'vitest';
import { formatBytes } from './formatBytes.ts';

test.each([
  [0, '0 bytes'],
  [1023, '1,023 bytes'],
  [1024, '1 kB'],
  [1.5 * 1024 ** 3, '1.5 GB'],
  [50 * 1024 ** 3, '50 GB'],
  [3000 * 1024 ** 4, '3,000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes, 'en')).toBe(text);
});
