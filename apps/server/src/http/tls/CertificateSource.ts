import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Clock, DomainError } from '@isthmus/kernel';
import { readPrivateFile } from '@isthmus/sealing';
import type { Configuration } from '../../config/Configuration.ts';
import { namesOfServer, OwnCertificates } from './OwnCertificates.ts';
import type { ServerCertificate } from './ServerCertificate.ts';

/** Where the server's certificate comes from; `load` is called again from time to time and may answer a new one. */
export interface CertificateSource {
  readonly ownAuthority: boolean;
  load(): Promise<ServerCertificate>;
}

async function loadGiven(certFile: string, keyFile: string): Promise<ServerCertificate> {
  try {
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readPrivateFile(keyFile)]);
    return { cert, key: key.toString('utf8'), expiresAt: new X509Certificate(cert).validToDate };
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError({
      code: 'config.certificate-unusable',
      message: `The certificate ${certFile} or its key ${keyFile} cannot be used: ${cause instanceof Error ? cause.message : ''}`,
      remedy: 'Correct tls.certFile and tls.keyFile, or leave them out to use a certificate of our own.',
      cause,
    });
  }
}

/** The certificate that the configuration names, else one by an authority of our own. */
export function certificateSource(configuration: Configuration, folder: string, clock: Clock): CertificateSource {
  const { tls, listen, publicUrl } = configuration;
  if (tls !== undefined) return { ownAuthority: false, load: () => loadGiven(tls.certFile, tls.keyFile) };
  const own = new OwnCertificates(folder, namesOfServer(listen.host, publicUrl), clock);
  return { ownAuthority: true, load: () => own.load() };
}
