import { createHash, randomBytes } from 'node:crypto';
import { type CryptoKey, compactVerify, exportJWK, importJWK, type JWK, SignJWT } from 'jose';
import * as z from 'zod';
import { sha256 } from '../secrets.ts';
import type { SigningKeyRecord } from '../store/records.ts';
import type { World } from '../store/World.ts';

export type Claims = Readonly<Record<string, unknown>>;

const claimsSchema = z.record(z.string(), z.unknown());
const CACHE_SIZE = 2000;

interface SigningKey {
  readonly record: SigningKeyRecord;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** Signs tokens and checks the ones it signed. */
export class AccessTokens {
  readonly #key: Promise<SigningKey>;
  readonly #verified = new Map<string, Claims>();

  /** Takes the key kept in the world, or makes one the first time, which goes on while the emulator starts. */
  constructor(world: World) {
    this.#key = openKey(world);
    // Whoever needs the key gets the error; until somebody does, it must not end the process.
    this.#key.catch(() => undefined);
  }

  async sign(claims: Claims): Promise<string> {
    const { record, privateKey } = await this.#key;
    return new SignJWT({ ...claims })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: record.id, kid: record.id })
      .sign(privateKey);
  }

  /**
   * Like `sign`, with a nonce in the header that stands there hashed while the signature is made: only the resource,
   * which knows of this, can check it. Graph's tokens are like that, so that nobody else relies on them.
   */
  async signForGraph(claims: Claims): Promise<string> {
    const { record, privateKey } = await this.#key;
    const nonce = randomBytes(32).toString('base64url');
    const header = { typ: 'JWT', nonce: sha256(nonce), alg: 'RS256', x5t: record.id, kid: record.id };
    const signed = await new SignJWT({ ...claims }).setProtectedHeader(header).sign(privateKey);
    return withHeader(signed, { ...header, nonce });
  }

  /** Claims of a token of our own, whatever its dates say, or undefined when it is not one. */
  async verify(token: string): Promise<Claims | undefined> {
    const known = this.#verified.get(token);
    if (known !== undefined) return known;
    try {
      const { payload } = await compactVerify(asItWasSigned(token), (await this.#key).publicKey, {
        algorithms: ['RS256'],
      });
      const claims = claimsSchema.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
      if (this.#verified.size >= CACHE_SIZE) this.#verified.clear();
      this.#verified.set(token, claims);
      return claims;
    } catch {
      return undefined;
    }
  }

  /** The key set of the `jwks_uri`. */
  async keySet(issuer: string): Promise<{ keys: object[] }> {
    const { id, publicJwk, certificate } = (await this.#key).record;
    return { keys: [{ ...publicJwk, use: 'sig', kid: id, x5t: id, x5c: [certificate], issuer }] };
  }
}

const headerSchema = z.looseObject({ nonce: z.string().optional() });

function withHeader(token: string, header: object): string {
  return [Buffer.from(JSON.stringify(header)).toString('base64url'), ...token.split('.').slice(1)].join('.');
}

function asItWasSigned(token: string): string {
  const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'));
  const { nonce } = headerSchema.parse(header);
  // Not the parsed header: what was signed has its fields in the order of the original.
  return nonce === undefined ? token : withHeader(token, { ...Object(header), nonce: sha256(nonce) });
}

async function openKey(world: World): Promise<SigningKey> {
  const record = world.signingKeys.values()[0] ?? (await makeKey(world));
  const [privateKey, publicKey] = await Promise.all([importKey(record.privateJwk), importKey(record.publicJwk)]);
  return { record, privateKey, publicKey };
}

async function makeKey(world: World): Promise<SigningKeyRecord> {
  // Loaded only when there is no key yet, as what makes certificates is a good part of all there is to load.
  const { makeSigningCertificate } = await import('../http/makeCertificates.ts');
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

async function importKey(jwk: object): Promise<CryptoKey> {
  const key = await importJWK(jwk as JWK, 'RS256');
  if (key instanceof Uint8Array) throw new TypeError('The signing key is not an RSA key');
  return key;
}
