import fc from 'fast-check';
import { expect, test } from 'vitest';
import { domainNameOf, escapeDnValue, parentDn, rdnOf, rdnValueOf, sameDn } from './distinguishedName.ts';

test('every name comes out of a DN as it went in, and leaves the container intact', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      const dn = `CN=${escapeDnValue(name)},OU=People,DC=corp,DC=test`;
      expect(rdnValueOf(dn)).toBe(name);
      expect(parentDn(dn)).toBe('OU=People,DC=corp,DC=test');
    }),
  );
});

test('an escaped name never holds a comma, or a backslash that is not followed by two hexadecimal digits', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'\\,+"<>;=# aé') }), (name) => {
      expect(escapeDnValue(name)).toMatch(/^([^\\,]|\\[0-9a-f]{2})*$/u);
    }),
  );
});

test('names that a server escapes in its own way are read too', () => {
  expect(rdnValueOf('CN=Lovelace\\, Ada \\22AL\\22,OU=People,DC=corp')).toBe('Lovelace, Ada "AL"');
  expect(rdnOf('CN=a\\,b,DC=corp')).toBe('CN=a\\,b');
  expect(parentDn('DC=test')).toBe('');
});

test('DNs compare without regard to case and spacing', () => {
  expect(sameDn('CN=Ada, OU=People,DC=Corp', 'cn=ada,ou=people,dc=corp')).toBe(true);
  expect(sameDn('CN=Ada', 'CN=Bob')).toBe(false);
  expect(domainNameOf('DC=Corp,DC=Contoso,DC=Test')).toBe('corp.contoso.test');
});
