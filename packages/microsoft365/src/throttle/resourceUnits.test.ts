import { expect, test } from 'vitest';
import { estimateCost, totalCost } from './resourceUnits.ts';

test.each([
  ['GET', '/users', 2, 0],
  ['GET', '/users?$select=id', 1, 0],
  ['GET', '/users?$select=id&$top=5&$expand=manager', 1, 0],
  ['GET', '/users/1', 1, 0],
  ['GET', '/subscribedSkus', 3, 0],
  ['GET', '/organization', 1, 0],
  ['POST', '/users', 1, 1],
  ['PATCH', '/users/1', 1, 1],
  ['DELETE', '/users/1', 1, 1],
])('%s %s costs %d resource units and %d writes', (method, path, resourceUnits, writes) => {
  expect(estimateCost(method, path)).toEqual({ resourceUnits, writes });
});

test('a batch costs what its items cost', () => {
  expect(totalCost([estimateCost('POST', '/users'), estimateCost('GET', '/users')])).toEqual({
    resourceUnits: 3,
    writes: 1,
  });
});
