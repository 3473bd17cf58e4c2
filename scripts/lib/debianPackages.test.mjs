import { expect, test } from 'vitest';
import { installLine, missingPackages, missingPrograms, sandboxPackages } from './debianPackages.mjs';

test('a package counts as there only when dpkg calls it installed', () => {
  const listing =
    'samba installed\nsamba-ad-provision config-files\nkrb5-user installed\ngnupg installed\nbind9 installed\n';
  const noise = 'dpkg-query: no packages found matching samba-dsdb-modules\n';
  expect(missingPackages(sandboxPackages, listing + noise)).toEqual(['samba-ad-provision', 'samba-dsdb-modules']);
});

test('an empty machine misses everything, a complete one nothing', () => {
  expect(missingPackages(sandboxPackages, '')).toEqual(sandboxPackages);
  expect(missingPackages(sandboxPackages, sandboxPackages.map((name) => `${name} installed`).join('\n'))).toEqual([]);
});

test('without dpkg the programs are looked for on the path and where system programs are', () => {
  const present = new Set(['/opt/bin/kinit', '/usr/sbin/samba', '/usr/sbin/named']);
  expect(missingPrograms(sandboxPackages, '/opt/bin', (path) => present.has(path))).toEqual(['gpg']);
});

test('the line to run by hand names exactly what is missing', () => {
  expect(installLine(['samba', 'gnupg'])).toBe(
    'sudo apt-get update && sudo apt-get install --no-install-recommends samba gnupg',
  );
});
