import tls from 'node:tls';
import { type ApiClient, createApiClient } from '@isthmus/api-client';
import { operations } from '@isthmus/contracts';
import { UsageError } from '../UsageError.ts';
import { readProfile } from './profile.ts';

/** Trusts one more certificate authority for every connection of this process. */
export function trustAuthority(caPem: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), caPem]);
}

/** The API as the person of `isthmus login`, or by `ISTHMUS_URL` and `ISTHMUS_TOKEN` in scripts. */
export async function connect(): Promise<ApiClient> {
  const url = process.env['ISTHMUS_URL'];
  const token = process.env['ISTHMUS_TOKEN'];
  if (url !== undefined && token !== undefined) return clientFor(url, token);
  const profile = await readProfile();
  if (profile === undefined) throw new UsageError('Not signed in. Run "isthmus login" first.');
  if (profile.caPem !== undefined) trustAuthority(profile.caPem);
  return clientFor(profile.url, profile.token);
}

export function clientFor(url: string, token?: string): ApiClient {
  return createApiClient({
    endpoints: operations,
    baseUrl: url.replace(/\/+$/, ''),
    headers: () => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
  });
}
