import { expect, test } from 'vitest';
import { signUpLinks } from './signUpLinks.ts';

test('are Microsoft’s own, or those of a service provider, whom Microsoft is told of', () => {
  const own = signUpLinks({}).links;
  expect(own.map(({ kind }) => kind)).toEqual(['business-buy', 'business-try', 'enterprise-buy', 'enterprise-try']);
  expect(own.every(({ url }) => url.startsWith('https://www.microsoft.com/'))).toBe(true);
  const [buy, tryOut] = signUpLinks({ businessBuy: 'https://shop.example/?x=1', partner: '4711' }).links;
  expect(buy?.url).toBe('https://shop.example/?x=1&partner=4711');
  expect(new URL(tryOut?.url ?? '').searchParams.get('partner')).toBe('4711');
});
