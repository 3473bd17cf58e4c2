import { X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@isthmus/kernel';
import { readPrivateFile, replaceFile } from '@isthmus/sealing';
import { type IssuedCertificate, issueAuthority, issueCertificate } from './issueCertificates.ts';
import type { ServerCertificate } from './ServerCertificate.ts';

const RENEW_BEFORE_MS = 30 * 24 * 60 * 60 * 1000;

/** Names and addresses by which browsers may reach this server. */
export function namesOfServer(host: string, publicUrl?: string): readonly string[] {
  const names = ['localhost', '127.0.0.1', '::1', hostname()];
  if (publicUrl !== undefined) names.unshift(new URL(publicUrl).hostname.replaceAll(/^\[|\]$/g, ''));
  if (host === '0.0.0.0' || host === '::') {
    for (const addresses of Object.values(networkInterfaces())) {
      // Temporary and link-local addresses come and go; a new certificate for each would never be trusted.
      for (const { address, family } of addresses ?? []) if (family === 'IPv4') names.push(address);
    }
  } else {
    names.push(host);
  }
  return [...new Set(names.filter((name) => name !== '').map((name) => name.toLowerCase()))];
}

/**
 * An authority of our own and a certificate by it, in `tls/` of the data folder. `ca.pem` is what browsers and the
 * command line are told to trust; it stays the same when the server's certificate is renewed.
 */
export class OwnCertificates {
  readonly #folder: string;
  readonly #names: readonly string[];
  readonly #clock: Clock;

  constructor(folder: string, names: readonly string[], clock: Clock) {
    this.#folder = folder;
    this.#names = names;
    this.#clock = clock;
  }

  get authorityFile(): string {
    return join(this.#folder, 'ca.pem');
  }

  /** The certificate, made or renewed when that is due. */
  async load(): Promise<ServerCertificate> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const authority = (await this.#read('ca')) ?? (await this.#makeAuthority());
    const found = await this.#read('server');
    const current = found !== undefined && this.#isGood(found, authority) ? found : await this.#make(authority);
    return {
      key: current.keyPem,
      cert: current.certificatePem,
      expiresAt: new X509Certificate(current.certificatePem).validToDate,
    };
  }

  #isGood(found: IssuedCertificate, authority: IssuedCertificate): boolean {
    const certificate = new X509Certificate(found.certificatePem);
    const isLasting = certificate.validToDate.getTime() - this.#clock.now().getTime() > RENEW_BEFORE_MS;
    const isOurs = certificate.verify(new X509Certificate(authority.certificatePem).publicKey);
    const bears = (name: string): boolean =>
      (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
    return isLasting && isOurs && this.#names.every(bears);
  }

  async #makeAuthority(): Promise<IssuedCertificate> {
    const authority = await issueAuthority(`Isthmus on ${hostname()}`, this.#clock.now());
    await this.#write('ca', authority);
    return authority;
  }

  async #make(authority: IssuedCertificate): Promise<IssuedCertificate> {
    const certificate = await issueCertificate(authority, { names: this.#names, purpose: 'server' }, this.#clock.now());
    await this.#write('server', certificate);
    return certificate;
  }

  async #read(name: string): Promise<IssuedCertificate | undefined> {
    try {
      const certificatePem = await readFile(join(this.#folder, `${name}.pem`), 'utf8');
      const keyPem = (await readPrivateFile(join(this.#folder, `${name}.key`))).toString('utf8');
      return { certificatePem, keyPem };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** The key first: a certificate without its key would be found useless at the next start. */
  async #write(name: string, { certificatePem, keyPem }: IssuedCertificate): Promise<void> {
    await replaceFile(join(this.#folder, `${name}.key`), keyPem, 0o600);
    await replaceFile(join(this.#folder, `${name}.pem`), certificatePem, 0o644);
  }
}
