import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { exportPKCS8 } from 'jose';
import { makeSigningCertificate } from '../http/makeCertificates.ts';

export interface TestCertificate {
  readonly pem: string;
  readonly privateKeyPem: string;
  /** Base64 of the DER, as Graph wants it. */
  readonly der: string;
  /** Thumbprints in hexadecimal. */
  readonly sha1: string;
  readonly sha256: string;
}

/** A self-signed RSA certificate for an application, valid for ten years. */
export async function makeClientCertificate(): Promise<TestCertificate> {
  const { keys, der } = await makeSigningCertificate();
  const base64 = der.toString('base64');
  const thumbprint = (hash: string): string => createHash(hash).update(der).digest('hex');
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    privateKeyPem: await exportPKCS8(keys.privateKey),
    der: base64,
    sha1: thumbprint('sha1'),
    sha256: thumbprint('sha256'),
  };
}
