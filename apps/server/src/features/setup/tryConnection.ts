import { X509Certificate } from 'node:crypto';
import type { Check, DirectoryConnection } from '@isthmus/contracts';
import { connectLdapDirectory, type Directory } from '@isthmus/directory';
import { type Clock, DomainError, Secret } from '@isthmus/kernel';
import type { DirectoryRecord } from '../../connections/directoryRecord.ts';
import { check, directoryChecks, failedCheck, resolveGroup } from './directoryChecks.ts';

const LDAPS_PORT = 636;

function urlOf(host: string, port: number): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return port === LDAPS_PORT ? `ldaps://${name}` : `ldaps://${name}:${port}`;
}

/** The fingerprint is what the person compared; the certificate is what will be trusted. They must be the same. */
function pinnedCheck(connection: DirectoryConnection): Check {
  const title = 'The certificate is the one that was compared';
  const plain = (fingerprint: string): string => fingerprint.replaceAll(/[^0-9a-f]/gi, '').toUpperCase();
  try {
    const { fingerprint256 } = new X509Certificate(connection.caPem);
    if (plain(fingerprint256) === plain(connection.caFingerprint)) {
      return check('certificate', title, { state: 'passed', detail: fingerprint256 });
    }
    const remedy = 'Read the certificate again and compare the fingerprint.';
    return check('certificate', title, { state: 'failed', detail: `It has ${fingerprint256}.`, remedy });
  } catch (cause) {
    const message = 'This is not a certificate in PEM form.';
    const remedy = 'Read the certificate of the server again.';
    return failedCheck('certificate', title, new DomainError({ code: 'setup.certificate', message, remedy, cause }));
  }
}

function recordOf(connection: DirectoryConnection): DirectoryRecord {
  const { caPem, managedOu, administratorsGroup, helpDeskGroup, readersGroup } = connection;
  return {
    urls: connection.servers.map((host) => urlOf(host, connection.port)),
    caPem,
    bindDn: connection.bindName,
    managedOu,
    administratorsGroup,
    ...(helpDeskGroup === undefined || helpDeskGroup === '' ? {} : { helpDeskGroup }),
    ...(readersGroup === undefined || readersGroup === '' ? {} : { readersGroup }),
  };
}

async function withGroupDns(directory: Directory, record: DirectoryRecord): Promise<DirectoryRecord> {
  const dnOf = async (group: string): Promise<string> => (await resolveGroup(directory, group)) ?? group;
  return {
    ...record,
    administratorsGroup: await dnOf(record.administratorsGroup),
    ...(record.helpDeskGroup === undefined ? {} : { helpDeskGroup: await dnOf(record.helpDeskGroup) }),
    ...(record.readersGroup === undefined ? {} : { readersGroup: await dnOf(record.readersGroup) }),
  };
}

export interface TriedConnection {
  readonly checks: Check[];
  /** What can be stored; undefined when a check failed. */
  readonly record: DirectoryRecord | undefined;
}

/** Connects with what was entered and checks it one by one; leaves nothing open. */
export async function tryConnection(connection: DirectoryConnection, clock: Clock): Promise<TriedConnection> {
  const pinned = pinnedCheck(connection);
  if (pinned.state === 'failed') return { checks: [pinned], record: undefined };
  const record = recordOf(connection);
  const title = 'The service account signs in';
  let directory: Directory;
  try {
    const { urls, caPem, bindDn } = record;
    const bindPassword = new Secret(connection.bindPassword);
    directory = await connectLdapDirectory({ urls, caPem, bindDn, bindPassword, clock });
  } catch (error) {
    return { checks: [pinned, failedCheck('sign-in', title, error)], record: undefined };
  }
  try {
    const signedIn = check('sign-in', title, { state: 'passed', detail: `${record.bindDn} signed in over LDAPS.` });
    const checks = [pinned, signedIn, ...(await directoryChecks(directory, record))];
    const isGood = checks.every(({ state }) => state !== 'failed');
    return { checks, record: isGood ? await withGroupDns(directory, record) : undefined };
  } finally {
    await directory.close();
  }
}
