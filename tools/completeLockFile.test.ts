import { expect, test } from 'vitest';
import { missingOptionalEntries, platformOf } from './completeLockFile.ts';

test('the platform is read from the name of a platform package', () => {
  expect(platformOf('@x/cli-win32-arm64')).toEqual({ os: ['win32'], cpu: ['arm64'] });
  expect(platformOf('@x/binding-linux-arm-musleabihf')).toEqual({ os: ['linux'], cpu: ['arm'], libc: ['musl'] });
  expect(platformOf('@x/binding-linux-s390x-gnu')).toEqual({ os: ['linux'], cpu: ['s390x'], libc: ['glibc'] });
});

test('optional packages that the lock file lacks are named, nested ones found', () => {
  const packages = {
    'node_modules/a': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: { 'a-darwin-x64': '1.0.0', 'a-linux-x64': '1.0.0' },
    },
    'node_modules/a/node_modules/a-linux-x64': { version: '1.0.0' },
  };
  expect(missingOptionalEntries(packages)).toEqual({
    'node_modules/a-darwin-x64': { version: '1.0.0', dev: true, optional: true, os: ['darwin'], cpu: ['x64'] },
  });
});
