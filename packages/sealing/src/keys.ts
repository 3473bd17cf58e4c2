import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { DomainError, Secret } from '@isthmus/kernel';

/** Raw key length of X25519 and of AES-256. */
export const KEY_LENGTH = 32;

export interface SealingKeyPair {
  /** Base64 of the raw X25519 public key; may be shown to anybody. */
  readonly publicKey: string;
  /** Raw X25519 private key. */
  readonly privateKey: Secret<Uint8Array>;
}

/** PKCS #8 around a raw X25519 private key (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** Base64 of the public key that belongs to a private one. */
export function publicKeyOf(privateKey: Secret<Uint8Array>): string {
  const der = Buffer.concat([PKCS8_PREFIX, demandKey(privateKey).reveal()]);
  const key = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
}

export function generateSealingKeyPair(): SealingKeyPair {
  // Every 32 bytes are an X25519 private key (RFC 7748 section 5).
  const privateKey = new Secret<Uint8Array>(randomBytes(KEY_LENGTH));
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}

/** Bytes of a public key as text. @throws DomainError when the text is no such key */
export function parsePublicKey(text: string): Uint8Array {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length === KEY_LENGTH && bytes.toString('base64') === text.trim()) return bytes;
  throw new DomainError({
    code: 'sealing.key-invalid',
    message: 'This is not a public key for sealing.',
    remedy: 'Copy the file password-sealing.pub from the data folder of the server again.',
  });
}

/** @throws DomainError when the key has another length */
export function demandKey(key: Secret<Uint8Array>): Secret<Uint8Array> {
  if (key.reveal().length === KEY_LENGTH) return key;
  throw new DomainError({
    code: 'sealing.key-invalid',
    message: `A key has ${KEY_LENGTH} bytes, not ${key.reveal().length}.`,
    remedy: 'Restore the key file from the backup.',
  });
}
