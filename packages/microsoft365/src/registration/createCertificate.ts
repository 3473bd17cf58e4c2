// The certificate library finds its parts by reflection and says so at import time.
import 'reflect-metadata';
import { type Clock, Secret } from '@isthmus/kernel';
import { X509CertificateGenerator } from '@peculiar/x509';
import type { IntegrationCertificate } from '../setUp.ts';

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
/** Microsoft's clock may be behind ours. */
const BACKDATED = 10 * 60_000;

/** A key of our own with a self-signed certificate for a year; the key is extracted once, into the `Secret`. */
export async function createCertificate(commonName: string, clock: Clock): Promise<IntegrationCertificate> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const now = clock.now();
  const expiresAt = new Date(now);
  expiresAt.setUTCFullYear(expiresAt.getUTCFullYear() + 1);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName] }],
    notBefore: new Date(now.getTime() - BACKDATED),
    notAfter: expiresAt,
    signingAlgorithm: ALGORITHM,
    keys,
  });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    certificatePem: certificate.toString('pem'),
    privateKeyPem: new Secret(pem('PRIVATE KEY', key)),
    // Certificates count whole seconds.
    expiresAt: certificate.notAfter,
  };
}

function pem(label: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
