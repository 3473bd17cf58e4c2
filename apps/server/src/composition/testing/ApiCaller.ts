import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';

export interface ApiAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly cookie: string | undefined;
}

/** Calls a running server as a browser or a script would, trusting its own authority. */
export class ApiCaller {
  readonly #url: string;
  readonly #ca: string;
  #headers: Record<string, string> = { 'x-isthmus-client': '1' };

  constructor(url: string, ca: string) {
    this.#url = url;
    this.#ca = ca;
  }

  /** The same server, as somebody with this token. */
  as(token: string): ApiCaller {
    const caller = new ApiCaller(this.#url, this.#ca);
    caller.#headers = { authorization: `Bearer ${token}` };
    return caller;
  }

  withCookie(cookie: string): ApiCaller {
    const caller = new ApiCaller(this.#url, this.#ca);
    caller.#headers = { ...this.#headers, cookie };
    return caller;
  }

  get(path: string): Promise<ApiAnswer> {
    return this.#call('GET', path);
  }

  post(path: string, body: object = {}): Promise<ApiAnswer> {
    return this.#call('POST', path, body);
  }

  patch(path: string, body: object): Promise<ApiAnswer> {
    return this.#call('PATCH', path, body);
  }

  put(path: string, body: object): Promise<ApiAnswer> {
    return this.#call('PUT', path, body);
  }

  delete(path: string): Promise<ApiAnswer> {
    return this.#call('DELETE', path);
  }

  async #call(method: string, path: string, body?: object): Promise<ApiAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...this.#headers,
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const call = request(`${this.#url}/api/v1${path}`, { method, ca: this.#ca, headers });
    call.end(text);
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    let answer = '';
    for await (const chunk of response) answer += String(chunk);
    return {
      status: response.statusCode ?? 0,
      body: readBody(response, answer),
      cookie: response.headers['set-cookie']?.[0]?.split(';')[0],
    };
  }
}

/** A file is told by its text and the name that it asks to be kept under. */
function readBody({ headers }: IncomingMessage, answer: string): ApiAnswer['body'] {
  if (answer === '') return {};
  if (headers['content-type']?.includes('json') === true) return JSON.parse(answer);
  return { text: answer, fileName: /filename="([^"]*)"/.exec(headers['content-disposition'] ?? '')?.[1] };
}
