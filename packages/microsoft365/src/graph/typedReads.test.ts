import type { Domain, User } from '@microsoft/microsoft-graph-types';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readsOf, selectOf } from './typedReads.ts';

test('what we read is held against Microsoft’s own types', () => {
  const domain = readsOf<Domain>()({ id: z.string(), isVerified: z.boolean().nullish() });
  expect(domain.parse({ id: 'contoso.com', isVerified: true, isRoot: true })).toEqual({
    id: 'contoso.com',
    isVerified: true,
  });
  // @ts-expect-error: a domain has no such property
  readsOf<Domain>()({ isVerfied: z.boolean() });
  // @ts-expect-error: it is true or false
  readsOf<Domain>()({ isVerified: z.string() });
  // @ts-expect-error: a license has no such property
  readsOf<User>()({ assignedLicenses: z.array(z.object({ sku: z.string() })) });
});

test('what we ask for is held against them as well', () => {
  expect(selectOf<User>('id', 'displayName')).toBe('$select=id,displayName');
  // @ts-expect-error: a user has no such property
  expect(selectOf<User>('name')).toBe('$select=name');
});
