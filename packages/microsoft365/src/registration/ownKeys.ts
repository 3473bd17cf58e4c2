import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { DomainError, isDomainError } from '@isthmus/kernel';
import type { KeyCredential } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { GraphRequest } from '../graph/GraphRequest.ts';
import type { GraphTransport } from '../graph/GraphTransport.ts';
import { graphError } from '../graph/graphErrors.ts';
import { readsOf } from '../graph/typedReads.ts';
import type { CallOptions, IntegrationCredentials } from '../ports.ts';
import type { IntegrationCertificate } from '../setUp.ts';
import { certificateKey } from './certificateKey.ts';

/** Microsoft documentation, "application: addKey": whom the proof is for, and how long it may be good at most. */
const PROOF_AUDIENCE = '00000002-0000-0000-c000-000000000000';
const PROOF_SECONDS = 600;
/** An application may always roll its own keys, without any permission (same page). */
const PERMISSION = 'the app registration the right to roll its own keys';

const addedKey = readsOf<KeyCredential>()({ keyId: z.string() });
const options: CallOptions = { lane: 'background' };

export interface OwnKeys {
  readonly transport: GraphTransport;
  /** With which the transport signs in, and the proof is signed. */
  readonly credentials: IntegrationCredentials;
  readonly applicationObjectId: string;
}

const encoded = (value: object | Buffer): string =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url');

/** A token signed with a key that the application has already; its issuer is the application's object id. */
function proofOf({ transport, credentials, applicationObjectId }: OwnKeys): string {
  const now = Math.floor(transport.clock.now().getTime() / 1000);
  const raw = new X509Certificate(credentials.certificatePem).raw;
  const header = { alg: 'RS256', typ: 'JWT', x5t: createHash('sha1').update(raw).digest('base64url') };
  const claims = { aud: PROOF_AUDIENCE, iss: applicationObjectId, nbf: now, exp: now + PROOF_SECONDS };
  const signed = `${encoded(header)}.${encoded(claims)}`;
  const key = createPrivateKey(credentials.privateKeyPem.reveal());
  return `${signed}.${encoded(sign('sha256', Buffer.from(signed), key))}`;
}

/** Adds a certificate to the application that signs in. @returns the id of its key */
export async function addOwnKey(keys: OwnKeys, certificate: IntegrationCertificate): Promise<string> {
  const { type, usage, key, displayName } = certificateKey(certificate);
  const request: GraphRequest = {
    method: 'POST',
    path: `/applications/${keys.applicationObjectId}/addKey`,
    body: { keyCredential: { type, usage, key, displayName }, passwordCredential: null, proof: proofOf(keys) },
    permission: PERMISSION,
    purpose: 'add the new certificate to the app registration',
  };
  return addedKey.parse((await keys.transport.call(request, options)).body).keyId;
}

/** Takes another key off; one that is gone counts as taken off. */
export async function removeOwnKey(keys: OwnKeys, keyId: string): Promise<void> {
  const request: GraphRequest = {
    method: 'POST',
    path: `/applications/${keys.applicationObjectId}/removeKey`,
    body: { keyId, proof: proofOf(keys) },
    permission: PERMISSION,
    purpose: 'take the earlier certificate off the app registration',
  };
  const answer = await keys.transport.answer(request, options);
  if (answer.status >= 400 && answer.status !== 404) throw graphError(answer, request);
}

const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000];

/** Signs in and reads, with the patience that a certificate added a moment ago needs. */
export async function proveKey({ transport }: Pick<OwnKeys, 'transport'>, read: () => Promise<unknown>): Promise<void> {
  for (const wait of [...WAITS_MS, undefined]) {
    try {
      await read();
      return;
    } catch (error) {
      const isEarly =
        isDomainError(error, 'online.certificate-refused') || isDomainError(error, 'online.not-permitted');
      if (!isEarly || wait === undefined) throw error;
      await transport.wait(wait, options);
    }
  }
  throw new DomainError({ code: 'online.failed', message: 'The new certificate could not be tried.' });
}
