import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret } from '@isthmus/kernel';
import { demandKey } from './keys.ts';
import { pad, unpad } from './padding.ts';
import { notOpened } from './seal.ts';

/** First byte of everything sealed with the master key: AES-256-GCM with a random nonce. */
const VERSION = 2;
const CIPHER = 'aes-256-gcm';
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

function associatedData(context: string): Buffer {
  return Buffer.concat([Uint8Array.of(VERSION), Buffer.from(context, 'utf8')]);
}

/** Seals a stored secret with the installation's master key, bound to `context`. Returns base64. */
export function sealAtRest(
  masterKey: Secret<Uint8Array>,
  plaintext: Secret<string> | Secret<Uint8Array>,
  context: string,
): string {
  const value = plaintext.reveal();
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv(CIPHER, demandKey(masterKey).reveal(), nonce, { authTagLength: TAG_LENGTH });
  cipher.setAAD(associatedData(context));
  const padded = pad(typeof value === 'string' ? Buffer.from(value, 'utf8') : value);
  const ciphertext = Buffer.concat([cipher.update(padded), cipher.final()]);
  return Buffer.concat([Uint8Array.of(VERSION), nonce, ciphertext, cipher.getAuthTag()]).toString('base64');
}

/** @throws DomainError `sealing.not-opened` for another key, another context, or changed bytes */
export function openAtRest(masterKey: Secret<Uint8Array>, sealed: string, context: string): Secret<Uint8Array> {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes[0] !== VERSION || bytes.length < 1 + NONCE_LENGTH + TAG_LENGTH) throw notOpened();
  const nonce = bytes.subarray(1, 1 + NONCE_LENGTH);
  const decipher = createDecipheriv(CIPHER, demandKey(masterKey).reveal(), nonce, { authTagLength: TAG_LENGTH });
  decipher.setAAD(associatedData(context));
  decipher.setAuthTag(bytes.subarray(-TAG_LENGTH));
  let padded: Buffer;
  try {
    padded = Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_LENGTH, -TAG_LENGTH)), decipher.final()]);
  } catch (error) {
    throw notOpened(error);
  }
  const plaintext = unpad(padded);
  if (plaintext === undefined) throw notOpened();
  return new Secret(plaintext);
}

/** The text of a secret that was sealed as text. */
export function textOf(secret: Secret<Uint8Array>): Secret {
  return new Secret(Buffer.from(secret.reveal()).toString('utf8'));
}
