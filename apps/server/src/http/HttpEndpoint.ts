import { X509Certificate } from 'node:crypto';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import type { Logger } from '@isthmus/kernel';
import type { FastifyInstance } from 'fastify';
import type { Configuration } from '../config/Configuration.ts';
import { createHttpServer } from './createHttpServer.ts';
import { listenError } from './listenError.ts';
import type { CertificateSource } from './tls/CertificateSource.ts';
import type { ServerCertificate } from './tls/ServerCertificate.ts';

const RELOAD_MS = 6 * 60 * 60_000;

/** The server's own TLS endpoint, whose certificate is exchanged while it runs. */
export class HttpEndpoint {
  readonly server: FastifyInstance;
  readonly #source: CertificateSource;
  readonly #logger: Logger;
  #certificate: ServerCertificate;
  #timer: NodeJS.Timeout | undefined;
  #address: string | undefined;

  private constructor(
    server: FastifyInstance,
    source: CertificateSource,
    certificate: ServerCertificate,
    logger: Logger,
  ) {
    this.server = server;
    this.#source = source;
    this.#certificate = certificate;
    this.#logger = logger;
  }

  static async create(source: CertificateSource, version: string, logger: Logger): Promise<HttpEndpoint> {
    const certificate = await source.load();
    const server = await createHttpServer({ tls: certificate, version, logger });
    return new HttpEndpoint(server, source, certificate, logger);
  }

  /** What people are told about the certificate. */
  certificateFacts(): { readonly subject: string; readonly expiresAt: Date; readonly ownAuthority: boolean } {
    const { cert, expiresAt } = this.#certificate;
    return { subject: new X509Certificate(cert).subject, expiresAt, ownAuthority: this.#source.ownAuthority };
  }

  /** @returns the address to open */
  async listen({ listen, publicUrl }: Configuration): Promise<string> {
    const { host, port } = listen;
    await this.server.listen({ host, port }).catch((error: unknown) => {
      throw listenError(error, 'the dashboard', `${host}:${port}`);
    });
    this.#timer = setInterval(() => void this.#reload(), RELOAD_MS);
    this.#timer.unref();
    const actual = (this.server.server.address() as AddressInfo).port;
    const name = host === '0.0.0.0' || host === '::' ? hostname() : host.includes(':') ? `[${host}]` : host;
    this.#address = publicUrl?.replace(/\/+$/, '') ?? `https://${name}:${actual}`;
    return this.#address;
  }

  /** Where people open the dashboard; undefined before it listens. */
  get address(): string | undefined {
    return this.#address;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.server.close();
  }

  async #reload(): Promise<void> {
    try {
      const certificate = await this.#source.load();
      if (certificate.cert === this.#certificate.cert) return;
      (this.server.server as unknown as TlsServer).setSecureContext(certificate);
      this.#certificate = certificate;
      this.#logger.info({ expiresAt: certificate.expiresAt }, 'the certificate of the server was renewed');
    } catch (error) {
      this.#logger.error({ error }, 'the certificate of the server could not be renewed');
    }
  }
}
