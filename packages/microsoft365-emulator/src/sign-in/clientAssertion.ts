import { createHash, X509Certificate } from 'node:crypto';
import { compactVerify } from 'jose';
import * as z from 'zod';
import type { ApplicationRecord, KeyCredentialRecord } from '../store/records.ts';
import { SignInError } from './SignInError.ts';

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

const headerSchema = z.looseObject({
  alg: z.string(),
  x5t: z.string().optional(),
  'x5t#S256': z.string().optional(),
  kid: z.string().optional(),
});
const payloadSchema = z.looseObject({
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  iss: z.string().optional(),
  sub: z.string().optional(),
  exp: z.number().optional(),
  nbf: z.number().optional(),
});

type Header = z.infer<typeof headerSchema>;
type Payload = z.infer<typeof payloadSchema>;

export interface AssertionCheck {
  readonly assertion: string;
  readonly application: ApplicationRecord;
  readonly now: Date;
  /** URLs that the assertion may be meant for. */
  readonly audiences: readonly string[];
  /** A proof that somebody holds a key names no subject. */
  readonly isProof?: true;
}

const CLOCK_SKEW_S = 300;

/** Accepts a client's proof by certificate, or throws what the service answers to a bad one. */
export async function checkClientAssertion(check: AssertionCheck): Promise<void> {
  const { header, payload } = decode(check.assertion);
  if (!algorithms.includes(header.alg)) throw new SignInError(5002738, { algorithm: header.alg });
  checkClaims(payload, check);
  const { credential, thumbprint } = findCredential(header, check.application);
  await checkSignature(check.assertion, credential, thumbprint, check.now);
}

function decode(assertion: string): { header: Header; payload: Payload } {
  const parts = assertion.split('.');
  try {
    if (parts.length !== 3) throw new SyntaxError('A compact JWT has three parts');
    return { header: headerSchema.parse(json(parts[0])), payload: payloadSchema.parse(json(parts[1])) };
  } catch {
    throw new SignInError(50027);
  }
}

function json(part: string | undefined): unknown {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
}

function checkClaims(payload: Payload, { application, now, audiences, isProof }: AssertionCheck): void {
  const needed = ['aud', 'iss', 'exp', ...(isProof === true ? [] : (['sub'] as const))] as const;
  for (const field of needed) {
    if (payload[field] === undefined) throw new SignInError(90014, { field });
  }
  const subject = isProof === true ? application.appId : payload.sub;
  if (payload.iss !== application.appId || subject !== application.appId) throw new SignInError(700021);
  const given = typeof payload.aud === 'string' ? [payload.aud] : (payload.aud ?? []);
  if (!given.some((audience) => audiences.includes(audience))) throw new SignInError(700023);
  const seconds = now.getTime() / 1000;
  const from = payload.nbf ?? 0;
  const until = payload.exp ?? 0;
  if (seconds > until + CLOCK_SKEW_S || seconds < from - CLOCK_SKEW_S) {
    const iso = (value: number): string => new Date(value * 1000).toISOString();
    throw new SignInError(700024, { now: now.toISOString(), from: iso(from), until: iso(until) });
  }
}

function findCredential(
  header: Header,
  application: ApplicationRecord,
): { credential: KeyCredentialRecord; thumbprint: string } {
  const identifier = header['x5t#S256'] ?? header.x5t ?? header.kid;
  if (identifier === undefined) throw new SignInError(5002723);
  // Recorded clients send the thumbprint in standard base64 as well, with a line end behind it.
  const wanted = Buffer.from(identifier.trim(), 'base64');
  const credential = application.keyCredentials.find(({ key, keyId }) => {
    const der = Buffer.from(key, 'base64');
    return (
      keyId === header.kid || ['sha1', 'sha256'].some((hash) => createHash(hash).update(der).digest().equals(wanted))
    );
  });
  const thumbprint = wanted.toString('hex').toUpperCase();
  if (credential === undefined) throw new SignInError(700027, { thumbprint });
  return { credential, thumbprint };
}

async function checkSignature(
  assertion: string,
  credential: KeyCredentialRecord,
  thumbprint: string,
  now: Date,
): Promise<void> {
  if (Date.parse(credential.endDateTime) <= now.getTime()) {
    throw new SignInError('700027-signature', { reason: 'The key used is expired.', thumbprint });
  }
  const certificate = new X509Certificate(Buffer.from(credential.key, 'base64'));
  try {
    await compactVerify(assertion, certificate.publicKey, { algorithms });
  } catch {
    throw new SignInError('700027-signature', { reason: 'The key was not valid for the signature.', thumbprint });
  }
}
