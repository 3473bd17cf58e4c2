import {
  createHash,
  createPrivateKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';
import { promisify } from 'node:util';
import { contentOf, der, partsOf } from './der.ts';

const makeKeys = promisify(generateKeyPair);

const DAY_MS = 24 * 3600 * 1000;
const YEARS_10 = 3650;
/** As long as certificates of public authorities were valid, which some clients take for the most there may be. */
const DAYS_OF_HOST = 397;

export interface Pem {
  readonly certificate: string;
  readonly key: string;
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** A certificate for these host names from an authority. */
export async function makeHostCertificate(authority: Pem, hostNames: readonly string[]): Promise<Pem> {
  const ca = new X509Certificate(authority.certificate);
  const keys = await makeKeys('ec', { namedCurve: 'P-256' });
  const certificate = makeCertificate({
    issuer: subjectOf(ca),
    subject: nameOf(hostNames[0] ?? 'localhost'),
    days: DAYS_OF_HOST,
    publicKey: keys.publicKey,
    signingKey: createPrivateKey(authority.key),
    extensions: [
      extension('2.5.29.19', der.sequence(), true),
      extension('2.5.29.15', der.bits(Buffer.of(KeyUse.digitalSignature), 7), true),
      extension('2.5.29.37', der.sequence(der.objectId(SERVER_AUTHENTICATION))),
      extension('2.5.29.17', der.sequence(...hostNames.map(alternativeName))),
      extension('2.5.29.35', der.sequence(der.numbered(0, keyId(ca.publicKey), false))),
      extension('2.5.29.14', der.octets(keyId(keys.publicKey))),
    ],
  });
  return { certificate: pemOf(certificate), key: privatePem(keys) };
}

/** An authority that certificates of one emulator come from. */
export async function makeAuthority(): Promise<Pem> {
  const keys = await makeKeys('ec', { namedCurve: 'P-256' });
  const name = nameOf(`Microsoft 365 emulator ${randomBytes(3).toString('hex')}`);
  const certificate = makeCertificate({
    issuer: name,
    subject: name,
    days: YEARS_10,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    extensions: [
      // An authority, of which no further authorities may come.
      extension('2.5.29.19', der.sequence(der.boolean(true), der.integer(Buffer.of(0))), true),
      extension('2.5.29.15', der.bits(Buffer.of(KeyUse.certificateSign | KeyUse.listSign), 1), true),
      extension('2.5.29.14', der.octets(keyId(keys.publicKey))),
    ],
  });
  return { certificate: pemOf(certificate), key: privatePem(keys) };
}

/** A self-signed RSA certificate and its key, for signing tokens. */
export async function makeSigningCertificate(): Promise<{ keys: KeyPair; der: Buffer }> {
  const keys = await makeKeys('rsa', { modulusLength: 2048 });
  const name = nameOf('accounts.accesscontrol.windows.net');
  const certificate = makeCertificate({
    issuer: name,
    subject: name,
    days: YEARS_10,
    publicKey: keys.publicKey,
    signingKey: keys.privateKey,
    extensions: [],
  });
  return { keys, der: certificate };
}

const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

/** Bits of the extension that says what a key may be used for. */
const KeyUse = { digitalSignature: 0x80, certificateSign: 0x04, listSign: 0x02 } as const;

interface Contents {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly days: number;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

/**
 * Writes and signs a certificate. By hand, as the library that can do it takes a good third of the time in which the
 * emulator starts to load. Source: RFC 5280, section 4.1; names of algorithms: RFC 5758 and RFC 4055.
 */
function makeCertificate({ issuer, subject, days, publicKey, signingKey, extensions }: Contents): Buffer {
  const isRsa = signingKey.asymmetricKeyType === 'rsa';
  const algorithm = isRsa
    ? der.sequence(der.objectId('1.2.840.113549.1.1.11'), der.nothing())
    : der.sequence(der.objectId('1.2.840.10045.4.3.2'));
  const toSign = der.sequence(
    der.numbered(0, der.integer(Buffer.of(2)), true),
    der.integer(serialNumber()),
    algorithm,
    issuer,
    der.sequence(der.time(new Date(Date.now() - DAY_MS)), der.time(new Date(Date.now() + days * DAY_MS))),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [der.numbered(3, der.sequence(...extensions), true)]),
  );
  return der.sequence(toSign, algorithm, der.bits(sign('sha256', toSign, signingKey)));
}

function extension(id: string, content: Buffer, isCritical = false): Buffer {
  return der.sequence(der.objectId(id), ...(isCritical ? [der.boolean(true)] : []), der.octets(content));
}

function nameOf(commonName: string): Buffer {
  return der.sequence(der.set(der.sequence(der.objectId('2.5.4.3'), der.text(commonName))));
}

/** The subject as the certificate has it: clients compare names of issuers byte by byte. */
function subjectOf(certificate: X509Certificate): Buffer {
  const [toSign = Buffer.alloc(0)] = partsOf(certificate.raw);
  const [, , , , , subject = Buffer.alloc(0)] = partsOf(toSign);
  return subject;
}

/** RFC 5280, section 4.2.1.2: the hash of the key without anything around it. */
function keyId(publicKey: KeyObject): Buffer {
  const [, bits = Buffer.alloc(0)] = partsOf(publicKey.export({ type: 'spki', format: 'der' }));
  return createHash('sha1').update(contentOf(bits).subarray(1)).digest();
}

function alternativeName(name: string): Buffer {
  if (isIP(name) === 0) return der.numbered(2, Buffer.from(name, 'ascii'), false);
  return der.numbered(7, isIPv4(name) ? Buffer.from(name.split('.').map(Number)) : addressBytes(name), false);
}

function addressBytes(address: string): Buffer {
  // Written out by the platform: no dotted part is left, and at most one `::`.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [start = [], end = []] = written.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: 8 - start.length - end.length }, () => '0');
  return Buffer.from([...start, ...zeros, ...end].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function serialNumber(): Buffer {
  const bytes = randomBytes(12);
  // Neither negative nor with zeros in front.
  bytes[0] = (Number(bytes[0]) & 0x7f) | 0x40;
  return bytes;
}

function pemOf(certificate: Buffer): string {
  return new X509Certificate(certificate).toString();
}

function privatePem({ privateKey }: KeyPair): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
