import { randomUUID } from 'node:crypto';
import type { Secret } from '@isthmus/kernel';
import type { SignInOutcome } from '../Directory.ts';
import { directoryError, resultCodeOf } from './directoryError.ts';
import { listGroupDnsOf } from './groups.ts';
import type { LdapSession } from './LdapSession.ts';
import { closeClient, makeClient } from './openClient.ts';
import { findUserByName } from './users.ts';

const TIMEOUT_MS = 10_000;
const INVALID_CREDENTIALS = 49;

type Refusal = Exclude<SignInOutcome['outcome'], 'ok'>;

/** Sub-codes of a refused bind: Windows error codes after the word `data`. */
const SUB_CODES: Readonly<Record<string, Refusal>> = {
  '530': 'not-allowed-now',
  '531': 'not-allowed-now',
  '532': 'password-expired',
  '533': 'disabled',
  '701': 'expired',
  '773': 'must-change',
  '775': 'locked',
};

/**
 * Binds as the person on a connection of its own. A name that nobody has goes the same way, with a DN that does not
 * exist, so that neither the answer nor the steps tell whether a name exists.
 */
export async function signIn(session: LdapSession, name: string, password: Secret): Promise<SignInOutcome> {
  // A bind without a password is an anonymous one and succeeds (RFC 4513 5.1.2).
  if (password.reveal() === '' || name.trim() === '') return { outcome: 'wrong-name-or-password' };
  const user = await findUserByName(session, name.trim());
  const dn = user?.dn ?? `CN=${randomUUID()},CN=Users,${session.names.baseDn}`;
  const refusal = await bindAs(session, dn, password);
  if (user === undefined) return { outcome: 'wrong-name-or-password' };
  if (refusal !== undefined) return { outcome: refusal };
  return { outcome: 'ok', user, groupDns: await listGroupDnsOf(session, user.id) };
}

async function bindAs(session: LdapSession, dn: string, password: Secret): Promise<Refusal | undefined> {
  const { url, settings } = session.connections;
  const client = makeClient(url, settings.caPem, TIMEOUT_MS);
  try {
    await client.bind(dn, password.reveal());
    return undefined;
  } catch (error) {
    if (resultCodeOf(error) !== INVALID_CREDENTIALS) throw directoryError(error, { action: 'to check the password' });
    const subCode = /data ([0-9a-f]+)/i.exec(error instanceof Error ? error.message : '')?.[1] ?? '';
    return SUB_CODES[subCode.toLowerCase()] ?? 'wrong-name-or-password';
  } finally {
    await closeClient(client);
  }
}
