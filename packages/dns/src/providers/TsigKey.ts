import { DomainError, Secret } from '@isthmus/kernel';

/** RFC 8945, section 6; the node name of the digest stands beside each. MD5 is not offered. */
export const tsigAlgorithms = {
  'hmac-sha1': 'sha1',
  'hmac-sha224': 'sha224',
  'hmac-sha256': 'sha256',
  'hmac-sha384': 'sha384',
  'hmac-sha512': 'sha512',
} as const;
export type TsigAlgorithm = keyof typeof tsigAlgorithms;

export interface TsigKey {
  readonly name: string;
  readonly algorithm: TsigAlgorithm;
  /** In base64. */
  readonly secret: Secret;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const NAME = /^[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?\.?$/i;

function refuse(why: string, remedy: string): DomainError {
  return new DomainError({ code: 'dns.key-invalid', message: `The key cannot be used: ${why}`, remedy, field: 'key' });
}

/** @throws DomainError `dns.key-invalid`; the secret is in no message */
export function makeTsigKey(name: string, algorithm: string, secret: string): TsigKey {
  const wanted = algorithm.trim().toLowerCase().replace(/\.$/, '');
  if (!NAME.test(name.trim()))
    throw refuse('its name is not a DNS name.', 'Enter the name that the key has at the server.');
  if (!(wanted in tsigAlgorithms)) {
    throw refuse(`its algorithm ${JSON.stringify(algorithm)} is not supported.`, 'Make a key with hmac-sha256.');
  }
  const text = secret.replaceAll(/\s/g, '');
  if (!BASE64.test(text)) throw refuse('its secret is not base64.', 'Copy the whole secret, as tsig-keygen wrote it.');
  return {
    name: name.trim().toLowerCase().replace(/\.$/, ''),
    algorithm: wanted as TsigAlgorithm,
    secret: new Secret(text),
  };
}

/**
 * Reads a key as `tsig-keygen` or `keymgr` write it (`key "name" { algorithm …; secret "…"; };`, or YAML with id,
 * algorithm and secret), or `algorithm:name:secret` as nsupdate takes it.
 * @throws DomainError `dns.key-invalid`; the secret is in no message
 */
export function parseTsigKey(text: string): TsigKey {
  const plain = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)(\/\/|#).*$/gm, '$1');
  const bind = /\bkey\s+"?([^\s"{]+)"?\s*\{([^}]*)\}/i.exec(plain);
  if (bind !== null) {
    const [, name = '', inside = ''] = bind;
    const fieldOf = (word: string): string =>
      new RegExp(`\\b${word}\\s+"?([^\\s";]+)"?\\s*;`, 'i').exec(inside)?.[1] ?? '';
    return makeTsigKey(name, fieldOf('algorithm'), fieldOf('secret'));
  }
  const yaml = (word: string): string | undefined => new RegExp(`\\b${word}:\\s*"?([^\\s",}]+)`, 'i').exec(plain)?.[1];
  const id = yaml('id');
  if (id !== undefined) return makeTsigKey(id, yaml('algorithm') ?? '', yaml('secret') ?? '');
  const [algorithm = '', name = '', secret = ''] = plain.trim().split(':');
  if (secret !== '') return makeTsigKey(name, algorithm, secret);
  throw refuse(
    'it is neither a key file nor of the form algorithm:name:secret.',
    'Paste the file that tsig-keygen wrote.',
  );
}
