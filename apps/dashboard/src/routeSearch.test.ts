import { expect, test } from 'vitest';
import { signInSearch, usersSearch } from './routeSearch.ts';

const open = '00000001-0000-4000-8000-000000000002';

test('what fits is taken over, the rest is left out', () => {
  const view = { q: 'Abe', filter: 'inactive', sort: '-userName', open, tab: 'groups' };
  expect(usersSearch({ ...view, other: 'x' })).toEqual(view);
  expect(usersSearch({ q: 'a'.repeat(201), filter: 'every', sort: 7, open: 'me', tab: null })).toEqual({});
});

test('after the sign-in nobody is led to another server', () => {
  expect(signInSearch({ returnTo: '/users?q=Abe', ended: true })).toEqual({ returnTo: '/users?q=Abe', ended: true });
  for (const returnTo of ['//evil.test', 'https://evil.test', 'users']) expect(signInSearch({ returnTo })).toEqual({});
});
