import { X509Certificate } from 'node:crypto';
import type { IntegrationCertificate } from '../setUp.ts';

/** Marks the key with the certificate's fingerprint: how an earlier, interrupted run is recognized as ours. */
export function certificateKeyName(certificate: IntegrationCertificate): string {
  return `CN=isthmus-${new X509Certificate(certificate.certificatePem).fingerprint256.replaceAll(':', '').toLowerCase()}`;
}

/** The certificate as an application keeps it. */
export function certificateKey(certificate: IntegrationCertificate) {
  return {
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    key: new X509Certificate(certificate.certificatePem).raw.toString('base64'),
    displayName: certificateKeyName(certificate),
    endDateTime: certificate.expiresAt.toISOString().replace(/\.\d{3}Z$/, 'Z'),
  };
}
