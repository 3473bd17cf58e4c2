import { createHash } from 'node:crypto';
import { type CryptoKey, compactVerify, exportJWK, importJWK, type JWK, SignJWT } from 'jose';
import * as z from 'zod';
import { makeSigningCertificate } from '../http/certificates.ts';
import { sha256 } from '../secrets.ts';
import type { SigningKeyRecord } from '../store/records.ts';
import type { World } from '../store/World.ts';

export type Claims = Readonly<Record<string, unknown>>;

const claimsSchema = z.record(z.string(), z.unknown());
const CACHE_SIZE = 2000;

/** Signs tokens and checks the ones it signed. */
export class AccessTokens {
  readonly #record: SigningKeyRecord;
  readonly #privateKey: CryptoKey;
  readonly #publicKey: CryptoKey;
  readonly #verified = new Map<string, Claims>();

  private constructor(record: SigningKeyRecord, privateKey: CryptoKey, publicKey: CryptoKey) {
    this.#record = record;
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
  }

  /** Takes the key kept in the world, or makes one the first time. */
  static async open(world: World): Promise<AccessTokens> {
    const record = world.signingKeys.values()[0] ?? (await AccessTokens.#makeKey(world));
    const privateKey = await importKey(record.privateJwk);
    const publicKey = await importKey(record.publicJwk);
    return new AccessTokens(record, privateKey, publicKey);
  }

  static async #makeKey(world: World): Promise<SigningKeyRecord> {
    const { keys, der } = await makeSigningCertificate();
    const record: SigningKeyRecord = {
      id: createHash('sha1').update(der).digest('base64url'),
      privateJwk: await exportJWK(keys.privateKey),
      publicJwk: await exportJWK(keys.publicKey),
      certificate: der.toString('base64'),
    };
    world.transaction(() => world.signingKeys.put(record));
    return record;
  }

  sign(claims: Claims): Promise<string> {
    const { id } = this.#record;
    return new SignJWT({ ...claims })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: id, kid: id })
      .sign(this.#privateKey);
  }

  /** Claims of a token of our own, whatever its dates say, or undefined when it is not one. */
  async verify(token: string): Promise<Claims | undefined> {
    const key = sha256(token);
    const known = this.#verified.get(key);
    if (known !== undefined) return known;
    try {
      const { payload } = await compactVerify(token, this.#publicKey, { algorithms: ['RS256'] });
      const claims = claimsSchema.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
      if (this.#verified.size >= CACHE_SIZE) this.#verified.clear();
      this.#verified.set(key, claims);
      return claims;
    } catch {
      return undefined;
    }
  }

  /** The key set of the `jwks_uri`. */
  keySet(issuer: string): { keys: object[] } {
    const { id, publicJwk, certificate } = this.#record;
    return { keys: [{ ...publicJwk, use: 'sig', kid: id, x5t: id, x5c: [certificate], issuer }] };
  }
}

async function importKey(jwk: object): Promise<CryptoKey> {
  const key = await importJWK(jwk as JWK, 'RS256');
  if (key instanceof Uint8Array) throw new TypeError('The signing key is not an RSA key');
  return key;
}
