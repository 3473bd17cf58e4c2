import type * as graph from '@microsoft/microsoft-graph-types';
import { expect, test } from 'vitest';
import { makeResourceType } from './ResourceType.ts';
import { propertyOf, type WireOf } from './WireOf.ts';

test('Microsoft’s own types say which properties a resource has, and of what kind', () => {
  const type = makeResourceType<graph.Domain>('Domain', 'domains', { isVerified: { type: 'boolean' } });
  expect(type.typeName).toBe('microsoft.graph.domain');
  // @ts-expect-error: a domain has no such property
  makeResourceType<graph.Domain>('Domain', 'domains', { isVerfied: { type: 'boolean' } });
  // @ts-expect-error: it is true or false
  makeResourceType<graph.Domain>('Domain', 'domains', { isVerified: { type: 'string' } });
});

test('answers are held against the same types', () => {
  const domain: WireOf<graph.Domain> = { id: 'contoso.com', supportedServices: ['Email'] };
  expect(propertyOf(domain, 'supportedServices')).toEqual(['Email']);
  expect(propertyOf(domain, 'constructor')).toBeUndefined();
  // @ts-expect-error: a domain has no such property
  const misspelled: WireOf<graph.Domain> = { supportedService: ['Email'] };
  // @ts-expect-error: it is a list
  const single: WireOf<graph.Domain> = { supportedServices: 'Email' };
  expect([misspelled, single]).toHaveLength(2);
});
