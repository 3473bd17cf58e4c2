import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { DomainError, Secret } from '@isthmus/kernel';
import { demandKey, parsePublicKey } from './keys.ts';
import { pad, unpad } from './padding.ts';

/** First byte of everything sealed with a public key: HPKE base mode, X25519, HKDF-SHA256, AES-256-GCM. */
const VERSION = 1;
const ENCAPSULATED_KEY_LENGTH = 32;

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

function bytesOf(plaintext: Secret<string> | Secret<Uint8Array>): Uint8Array {
  const value = plaintext.reveal();
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
}

/** Of its own memory: Node's small buffers share a pool, and WebCrypto wants plain buffers. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/**
 * Seals with a public key (RFC 9180, base mode) so that only the private key opens it, and only for the same
 * `context`: what was sealed for one account cannot be passed off as another's. Returns base64.
 */
export async function seal(
  publicKey: string,
  plaintext: Secret<string> | Secret<Uint8Array>,
  context: string,
): Promise<string> {
  const recipientPublicKey = await suite.kem.importKey('raw', copy(parsePublicKey(publicKey)).buffer, true);
  const { enc, ct } = await suite.seal(
    { recipientPublicKey, info: copy(Buffer.from(context, 'utf8')) },
    copy(pad(bytesOf(plaintext))),
    Uint8Array.of(VERSION),
  );
  return Buffer.concat([Uint8Array.of(VERSION), new Uint8Array(enc), new Uint8Array(ct)]).toString('base64');
}

/** @throws DomainError `sealing.not-opened` for another key, another context, or changed bytes */
export async function open(
  privateKey: Secret<Uint8Array>,
  sealed: string,
  context: string,
): Promise<Secret<Uint8Array>> {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes[0] !== VERSION || bytes.length <= 1 + ENCAPSULATED_KEY_LENGTH) throw notOpened();
  const recipientKey = await suite.kem.importKey('raw', copy(demandKey(privateKey).reveal()).buffer, false);
  let padded: ArrayBuffer;
  try {
    padded = await suite.open(
      {
        recipientKey,
        enc: copy(bytes.subarray(1, 1 + ENCAPSULATED_KEY_LENGTH)),
        info: copy(Buffer.from(context, 'utf8')),
      },
      copy(bytes.subarray(1 + ENCAPSULATED_KEY_LENGTH)),
      Uint8Array.of(VERSION),
    );
  } catch (error) {
    throw notOpened(error);
  }
  const plaintext = unpad(new Uint8Array(padded));
  if (plaintext === undefined) throw notOpened();
  return new Secret(plaintext);
}

export function notOpened(cause?: unknown): DomainError {
  return new DomainError({
    code: 'sealing.not-opened',
    message: 'This was sealed for another key or another purpose, or it was changed on the way.',
    remedy: 'Check that the key files belong together; when a key was replaced, what it sealed is lost.',
    ...(cause === undefined ? {} : { cause }),
  });
}
