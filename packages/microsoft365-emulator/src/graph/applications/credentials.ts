import { randomUUID, type X509Certificate } from 'node:crypto';
import { sha256 } from '../../secrets.ts';
import type { KeyCredentialRecord, PasswordCredentialRecord } from '../../store/records.ts';

export interface KeyCredentialDetails {
  readonly displayName: string | null;
  readonly now: Date;
  readonly startDateTime?: string | undefined;
  readonly endDateTime?: string | undefined;
  readonly keyId?: string | undefined;
  readonly customKeyIdentifier?: string | undefined;
}

/** SHA-1 of the DER in base64, the default `customKeyIdentifier`. */
function thumbprint(certificate: X509Certificate): string {
  return Buffer.from(certificate.fingerprint.replaceAll(':', ''), 'hex').toString('base64');
}

export function keyCredentialOf(certificate: X509Certificate, details: KeyCredentialDetails): KeyCredentialRecord {
  return {
    keyId: details.keyId ?? randomUUID(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    displayName: details.displayName,
    startDateTime: details.startDateTime ?? certificate.validFromDate.toISOString(),
    endDateTime: details.endDateTime ?? certificate.validToDate.toISOString(),
    customKeyIdentifier: details.customKeyIdentifier ?? thumbprint(certificate),
    key: certificate.raw.toString('base64'),
  };
}

export interface PasswordCredentialDetails {
  readonly displayName: string | null;
  readonly now: Date;
  readonly until: string;
  readonly from?: string | undefined;
}

/** What is kept of a client secret: enough to recognise it, and its first three characters as the hint. */
export function passwordCredentialOf(secret: string, details: PasswordCredentialDetails): PasswordCredentialRecord {
  return {
    keyId: randomUUID(),
    displayName: details.displayName,
    startDateTime: details.from ?? details.now.toISOString(),
    endDateTime: details.until,
    hint: secret.slice(0, 3),
    hash: sha256(secret),
  };
}
