import { expect, test } from 'vitest';
import { addressProblem, countAddresses } from './bulkAccounts.ts';

const domains = ['contoso.com', 'contoso.onmicrosoft.com'];
const once = new Map<string, number>();

test.each([
  ['ana.abe@contoso.com', undefined],
  ['Ana@CONTOSO.com', undefined],
  ['', 'empty'],
  ['ana', 'shape'],
  ['.ana@contoso.com', 'shape'],
  ['ana..abe@contoso.com', 'shape'],
  ['änä@contoso.com', 'shape'],
  ['ana abe@contoso.com', 'shape'],
  [`${'a'.repeat(65)}@contoso.com`, 'shape'],
  ['ana@fabrikam.com', 'domain'],
])('%j: %j', (address, problem) => {
  expect(addressProblem(address, domains, once)).toBe(problem);
});

test('an address that two ticked people ask for is refused for both, whatever its capitals', () => {
  const uses = countAddresses([
    { ticked: true, address: 'ana@contoso.com' },
    { ticked: true, address: 'Ana@contoso.com' },
    { ticked: false, address: 'bo@contoso.com' },
    { ticked: true, address: 'bo@contoso.com' },
  ]);
  expect(addressProblem('ana@contoso.com', domains, uses)).toBe('double');
  expect(addressProblem('bo@contoso.com', domains, uses)).toBeUndefined();
});
