import { expect, test } from 'vitest';
import { checkRoom, isInstalled } from './dependencies.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'packages/kernel': { version: '0.1.0' },
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/@isthmus/kernel': { link: true },
  'node_modules/@esbuild/darwin-arm64': { version: '1.0.0', optional: true },
};

test('installed is what the lock file names; other platforms and links do not count', () => {
  expect(isInstalled(wanted, { 'node_modules/zod': { version: '4.6.7' } })).toBe(true);
});

test('a missing or an older package asks for an installation', () => {
  expect(isInstalled(wanted, {})).toBe(false);
  expect(isInstalled(wanted, { 'node_modules/zod': { version: '4.6.6' } })).toBe(false);
});

test('too little room for the packages is said before npm fails over it', () => {
  expect(() => checkRoom({ bavail: 100, bsize: 1024 * 1024 })).toThrow('100 MB left');
  expect(() => checkRoom({ bavail: 2000, bsize: 1024 * 1024 })).not.toThrow();
});
