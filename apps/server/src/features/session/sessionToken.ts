import { createHash, randomBytes } from 'node:crypto';
import { Secret } from '@isthmus/kernel';

const TOKEN_BYTES = 32;

export function createSessionToken(): Secret {
  return new Secret(randomBytes(TOKEN_BYTES).toString('base64url'));
}

/** Only this is stored. The token has 256 bits of chance, so one round of a fast hash is enough. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
