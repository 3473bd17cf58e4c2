import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pem } from './makeCertificates.ts';

export interface ServerCertificate {
  readonly caPem: string;
  readonly caFile: string;
  readonly certificate: string;
  readonly key: string;
}

const SPARE_MS = 30 * 24 * 3600 * 1000;

/**
 * A certificate for the server from the emulator's own authority. Both are kept in the folder; the server's is made anew
 * when it would expire soon or the host names are others. What makes certificates is loaded only then.
 */
export async function makeServerCertificate(folder: string, hostNames: readonly string[]): Promise<ServerCertificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const caFile = join(folder, 'ca.pem');
  const authority = await keep(caFile, join(folder, 'ca.key'), 0o644, async () => {
    const { makeAuthority } = await import('./makeCertificates.ts');
    return makeAuthority();
  });
  const isUsable = (pem: Pem): boolean => isFor(pem, authority, hostNames);
  const makeHost = async (): Promise<Pem> => {
    const { makeHostCertificate } = await import('./makeCertificates.ts');
    return makeHostCertificate(authority, hostNames);
  };
  const { certificate, key } = await keep(
    join(folder, 'server.pem'),
    join(folder, 'server.key'),
    0o600,
    makeHost,
    isUsable,
  );
  const caPem = authority.certificate;
  return { caPem, caFile, certificate: `${certificate}${caPem}`, key };
}

async function keep(
  certificateFile: string,
  keyFile: string,
  mode: number,
  make: () => Promise<Pem>,
  isUsable: (pem: Pem) => boolean = () => true,
): Promise<Pem> {
  if (existsSync(certificateFile) && existsSync(keyFile)) {
    const kept = { certificate: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    if (isUsable(kept)) return kept;
  }
  const made = await make();
  writeFileSync(keyFile, made.key, { mode: 0o600 });
  writeFileSync(certificateFile, made.certificate, { mode });
  return made;
}

function isFor({ certificate }: Pem, authority: Pem, hostNames: readonly string[]): boolean {
  const known = new X509Certificate(certificate);
  const names = (known.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  // Node writes addresses out in full, so that they are compared by asking the certificate.
  const isNamed = hostNames.every((name) => known.checkHost(name) !== undefined || known.checkIP(name) !== undefined);
  const isOurs = known.checkIssued(new X509Certificate(authority.certificate));
  return isOurs && isNamed && names.length === hostNames.length && known.validToDate.getTime() > Date.now() + SPARE_MS;
}
