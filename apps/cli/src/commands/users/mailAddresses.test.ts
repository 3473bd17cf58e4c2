import { expect, test } from 'vitest';
import { addressesAfter } from './mailAddresses.ts';

const before = { primaryAddress: 'ada@contoso.com', aliases: ['sales@contoso.com'] };

test('addresses are added and removed, whatever the case, and none twice', () => {
  expect(
    addressesAfter(before, { add: ['ADA@contoso.com', 'office@contoso.com'], remove: ['Sales@contoso.com'] }),
  ).toEqual({
    primaryAddress: 'ada@contoso.com',
    aliases: ['office@contoso.com'],
  });
});

test('the former primary address stays as an alias', () => {
  expect(addressesAfter(before, { primary: 'sales@contoso.com' })).toEqual({
    primaryAddress: 'sales@contoso.com',
    aliases: ['ada@contoso.com'],
  });
  expect(addressesAfter(before, { primary: 'lovelace@contoso.com', remove: ['ada@contoso.com'] })).toEqual({
    primaryAddress: 'lovelace@contoso.com',
    aliases: ['sales@contoso.com'],
  });
});

test('what is not there cannot be removed, and the primary address not without another', () => {
  expect(() => addressesAfter(before, { remove: ['nobody@contoso.com'] })).toThrow('not among the addresses');
  expect(() => addressesAfter(before, { remove: ['ada@contoso.com'] })).toThrow('--primary');
});
