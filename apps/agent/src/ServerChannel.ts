import { readFileSync } from 'node:fs';
import { Agent as HttpAgent, type RequestOptions, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { DomainError } from '@isthmus/kernel';
import type { ServerAddress } from './config.ts';

const TIMEOUT_MS = 10_000;

/** The one way out of the agent: JSON to the server, over a local socket or mutual TLS. */
export class ServerChannel {
  readonly #options: RequestOptions;
  readonly #request: typeof requestHttp;
  readonly #agent: HttpAgent;

  constructor(address: ServerAddress) {
    if ('socketPath' in address) {
      this.#agent = new HttpAgent({ keepAlive: true, maxSockets: 2 });
      this.#options = { socketPath: address.socketPath };
      this.#request = requestHttp;
      return;
    }
    const { hostname, port } = new URL(address.url);
    this.#agent = new HttpsAgent({ keepAlive: true, maxSockets: 2 });
    this.#request = requestHttps;
    this.#options = {
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? 443 : Number(port),
      ...{
        ca: readFileSync(address.caFile),
        cert: readFileSync(address.certFile),
        key: readFileSync(address.keyFile),
        minVersion: 'TLSv1.3',
      },
    };
  }

  /**
   * @throws DomainError `agent.server-unreachable` when the server did not answer, `agent.server-failed` when it cannot
   * take this message at the moment, `agent.server-refused` when it does not want it
   */
  async post(path: string, body: object): Promise<void> {
    const status = await this.#send(path, JSON.stringify(body)).catch((error: unknown) => {
      throw unreachable(error);
    });
    if (status < 200 || status >= 300) throw notTaken(status);
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(path: string, body: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const request = this.#request({ ...this.#options, agent: this.#agent, method: 'POST', path, headers });
      request.setTimeout(TIMEOUT_MS, () => request.destroy(new Error('no answer in time')));
      request.on('error', reject);
      request.on('response', (response) => {
        response.on('error', reject);
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.resume();
      });
      request.end(body);
    });
  }
}

function unreachable(cause: unknown): DomainError {
  return new DomainError({
    code: 'agent.server-unreachable',
    message: 'The Isthmus server does not answer.',
    remedy: 'Start the server; captured passwords wait here, sealed, until it does.',
    retryable: true,
    cause,
  });
}

function notTaken(status: number): DomainError {
  const failed = status >= 500 || status === 408 || status === 425 || status === 429;
  return new DomainError({
    code: failed ? 'agent.server-failed' : 'agent.server-refused',
    message: `The server ${failed ? 'cannot take' : 'refused'} a message (status ${status}).`,
    remedy: 'Look into the log of the server; server and agent must be of the same release.',
    retryable: true,
    parameters: { status },
  });
}
