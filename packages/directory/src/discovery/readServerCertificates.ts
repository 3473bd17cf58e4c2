import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { DomainError } from '@isthmus/kernel';
import { directoryError } from '../ldap/directoryError.ts';

export interface PresentedCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** SHA-256 over the certificate, as `AA:BB:…`: what the administrator compares. */
  readonly fingerprint256: string;
  readonly subjectAltName: string;
  readonly isAuthority: boolean;
  readonly pem: string;
}

export interface ServerCertificates {
  /** The server's own certificate first, then its issuers as far as the server sent them. */
  readonly chain: readonly PresentedCertificate[];
  /** What to trust once the fingerprint was compared: the topmost certificate that was sent. */
  readonly caPem: string;
  /** False when the certificate does not bear the name that was asked for: connecting by it will fail. */
  readonly nameMatches: boolean;
}

const TIMEOUT_MS = 5_000;

function present(certificate: X509Certificate): PresentedCertificate {
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    validFrom: certificate.validFromDate,
    validTo: certificate.validToDate,
    fingerprint256: certificate.fingerprint256,
    subjectAltName: certificate.subjectAltName ?? '',
    isAuthority: certificate.ca,
    pem: certificate.toString(),
  };
}

function chainOf(leaf: X509Certificate): X509Certificate[] {
  const chain = [leaf];
  const seen = new Set([leaf.fingerprint256]);
  let next = leaf.issuerCertificate;
  while (next !== undefined && !seen.has(next.fingerprint256)) {
    chain.push(next);
    seen.add(next.fingerprint256);
    next = next.issuerCertificate;
  }
  return chain;
}

function bearsName(leaf: X509Certificate, host: string): boolean {
  return (isIP(host) === 0 ? leaf.checkHost(host) : leaf.checkIP(host)) !== undefined;
}

async function handshake(socket: TLSSocket): Promise<void> {
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('no TLS handshake'), { code: 'ETIMEDOUT' }));
  }, TIMEOUT_MS);
  try {
    await once(socket, 'secureConnect');
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The certificates a server shows, for the administrator to compare and pin. Nothing is trusted and nothing is sent:
 * the connection ends after the handshake.
 */
export async function readServerCertificates(host: string, port = 636): Promise<ServerCertificates> {
  const socket = connect({
    host,
    port,
    // The purpose of this call is to look at a certificate that is not trusted yet; no credential goes over it.
    rejectUnauthorized: false,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  });
  try {
    await handshake(socket);
    const leaf = socket.getPeerX509Certificate();
    if (leaf === undefined) {
      throw new DomainError({
        code: 'directory.certificate-not-trusted',
        message: 'The server showed no certificate.',
        remedy: 'Switch on TLS on the domain controller.',
      });
    }
    const chain = chainOf(leaf);
    return {
      chain: chain.map(present),
      caPem: (chain.at(-1) ?? leaf).toString(),
      nameMatches: bearsName(leaf, host),
    };
  } catch (error) {
    throw directoryError(error, { action: 'to show its certificate' });
  } finally {
    socket.destroy();
  }
}
