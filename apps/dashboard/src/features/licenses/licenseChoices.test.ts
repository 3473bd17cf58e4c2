import { expect, test } from 'vitest';
import { changeOf, servicesOff } from './licenseChoices.ts';

const held = [{ skuId: 'basic', name: 'Basic', inherited: false, disabledPlans: ['teams'] }];

test('only what was chosen is in the request', () => {
  expect(changeOf({ products: { basic: 'keep', premium: 'keep' }, off: {} }, held)).toEqual({
    add: [],
    remove: [],
    disabledPlans: {},
  });
  expect(changeOf({ products: { basic: 'take', premium: 'give' }, off: {} }, held)).toMatchObject({
    add: ['premium'],
    remove: ['basic'],
  });
});

test('a product that is there is assigned again when its services change', () => {
  expect(changeOf({ products: {}, off: { basic: [] } }, held)).toEqual({
    add: ['basic'],
    remove: [],
    disabledPlans: { basic: [] },
  });
});

test('services of a product that goes, or that nobody gets, are nobody’s matter', () => {
  const choices = { products: { basic: 'take' }, off: { basic: [], premium: ['mail'] } } as const;
  expect(changeOf(choices, held)).toEqual({ add: [], remove: ['basic'], disabledPlans: {} });
});

test('services are off as they are until they are chosen', () => {
  expect(servicesOff('basic', { products: {}, off: {} }, held)).toEqual(['teams']);
  expect(servicesOff('basic', { products: {}, off: { basic: [] } }, held)).toEqual([]);
});
