import { getCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DomainError } from '@isthmus/kernel';
import { Agent, request } from 'undici';

const unzip = promisify(gunzip);
const CONNECT_TIMEOUT = 10_000;
const ANSWER_TIMEOUT = 60_000;

export const OFFLINE_REMEDY = 'Check the internet connection; the work continues by itself when it is back.';
export const DISTRUST_REMEDY =
  'The certificate of the server is not trusted here: check the clock of this machine and what inspects its connections.';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** No answer came. `reached` says whether the server may have acted on the request. */
export class NetworkFailure extends Error {
  readonly reached: 'no' | 'perhaps';
  readonly reason: string;

  constructor(reached: 'no' | 'perhaps', reason: string, cause: unknown) {
    super(`No answer (${reason})`, { cause });
    this.name = 'NetworkFailure';
    this.reached = reached;
    this.reason = reason;
  }

  /** The server was there, but its certificate is not one that we trust. */
  get isDistrust(): boolean {
    return /^(ERR_TLS_|CERT_|DEPTH_|SELF_SIGNED_|UNABLE_TO_)/.test(this.reason);
  }
}

/** Everything that was still under way or waiting when the connection to the tenant was closed. */
export function closedError(): DomainError {
  return new DomainError({
    code: 'online.unreachable',
    message: 'The connection to Microsoft 365 was closed.',
    remedy: 'Nothing needs to be done; the work continues when it is open again.',
    retryable: true,
  });
}

/** Raised before a byte of the request left: no name, no route, no listener, no trusted certificate. */
const NEVER_SENT =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|DEPTH_.*|SELF_SIGNED_.*|UNABLE_TO_.*|ERR_SSL_.*)$/;

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code !== '' || error.cause === undefined) return code || error.name;
  return codeOf(error.cause);
}

function networkFailure(error: unknown): NetworkFailure {
  if (error instanceof AggregateError && error.errors.length > 0) return networkFailure(error.errors[0]);
  const code = codeOf(error);
  return new NetworkFailure(NEVER_SENT.test(code) ? 'no' : 'perhaps', code, error);
}

export interface Channel {
  /** @throws NetworkFailure, or the signal's reason */
  send(call: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** The only place that opens connections to the cloud; knows nothing of what is sent. */
export class HttpChannel implements Channel {
  readonly #agent: Agent;
  #closed = false;

  constructor(options: { readonly caPem?: string | undefined; readonly connections: number }) {
    this.#agent = new Agent({
      connections: options.connections,
      keepAliveTimeout: 30_000,
      headersTimeout: ANSWER_TIMEOUT,
      bodyTimeout: ANSWER_TIMEOUT,
      connect: {
        timeout: CONNECT_TIMEOUT,
        ...(options.caPem === undefined ? {} : { ca: [...getCACertificates('default'), options.caPem] }),
      },
    });
  }

  async send(call: HttpRequest): Promise<HttpAnswer> {
    try {
      const answer = await request(call.url, {
        method: call.method,
        headers: { 'accept-encoding': 'gzip', ...call.headers },
        body: call.body ?? null,
        signal: call.signal ?? null,
        dispatcher: this.#agent,
      });
      const headers = Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      );
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      const zipped = headers['content-encoding'] === 'gzip' && bytes.length > 0;
      return { status: answer.statusCode, headers, text: (zipped ? await unzip(bytes) : bytes).toString('utf8') };
    } catch (error) {
      if (call.signal?.aborted) throw call.signal.reason;
      if (this.#closed) throw closedError();
      throw networkFailure(error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#agent.destroy();
  }
}
