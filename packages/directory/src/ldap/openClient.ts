import { debuglog } from 'node:util';
import { DomainError, type Secret } from '@isthmus/kernel';
import { Client } from 'ldapts';
import { directoryError } from './directoryError.ts';

export interface ConnectionSettings {
  /** Certificates (authority, or the domain controller's own) that the controllers are checked against. */
  readonly caPem: string;
  readonly bindDn: string;
  readonly bindPassword: Secret;
}

const CONNECT_TIMEOUT_MS = 3_000;

/** The LDAP library's own debug output holds new passwords in clear. */
function refuseDebugLog(): void {
  if (!debuglog('ldapts').enabled) return;
  throw new DomainError({
    code: 'directory.failed',
    message: 'NODE_DEBUG switches on an LDAP log that would hold passwords.',
    remedy: 'Take ldapts out of the environment variable NODE_DEBUG and start again.',
  });
}

/** A client that is not bound yet; whoever makes it must `unbind` it. */
export function makeClient(url: string, caPem: string, timeoutMs: number): Client {
  refuseDebugLog();
  if (!url.startsWith('ldaps://')) {
    throw new DomainError({
      code: 'directory.invalid-value',
      message: `The address ${JSON.stringify(url)} is not encrypted.`,
      remedy: 'Use an address that starts with ldaps://',
      field: 'urls',
    });
  }
  return new Client({
    url,
    connectTimeout: CONNECT_TIMEOUT_MS,
    timeout: timeoutMs,
    // A pinned certificate need not be a root.
    tlsOptions: { ca: caPem, allowPartialTrustChain: true, minVersion: 'TLSv1.2' },
  });
}

/** Closes whatever the state of the connection; a failure to say good-bye matters to nobody. */
export async function closeClient(client: Client): Promise<void> {
  await client.unbind().catch(() => undefined);
}

/** @throws foreign connection errors as they are, so that the caller can try another controller */
export async function openServiceClient(url: string, settings: ConnectionSettings, timeoutMs: number): Promise<Client> {
  const password = settings.bindPassword.reveal();
  if (settings.bindDn === '' || password === '') {
    // LDAP would take an empty password as an anonymous sign-in and say "ok" (RFC 4513 5.1.2).
    throw new DomainError({
      code: 'directory.credentials-refused',
      message: 'The service account needs a name and a password.',
      remedy: 'Enter both.',
    });
  }
  const client = makeClient(url, settings.caPem, timeoutMs);
  try {
    await client.bind(settings.bindDn, password);
    return client;
  } catch (error) {
    await closeClient(client);
    throw error;
  }
}

/** Says in words of the domain why the service account could not sign in. */
export function openingError(error: unknown): DomainError {
  return directoryError(error, { action: 'to sign in' });
}
