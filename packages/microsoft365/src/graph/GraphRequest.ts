import { Secret } from '@isthmus/kernel';

/** One call of Microsoft Graph, by itself or as an item of a batch. */
export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path below `/v1.0`, or an absolute link that an earlier answer gave. */
  readonly path: string;
  /** JSON value; a `Secret` in it is revealed only in the text that is sent. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** What we lack when the answer is 403; shown in the remedy. */
  readonly permission: string;
  /** What the call does, for errors: "create the account ada@contoso.com". */
  readonly purpose: string;
  /**
   * True when doing it twice does what doing it once does, so that an unknown outcome may simply be repeated. GET
   * always is; a POST that makes something never.
   */
  readonly repeatable?: boolean;
}

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What became of a request. `unknown`: no answer came, and the write may or may not have happened. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: GraphAnswer }
  | { readonly kind: 'unknown'; readonly cause: Error }
  | { readonly kind: 'failed'; readonly error: Error };

export function isRepeatable(request: GraphRequest): boolean {
  return request.repeatable ?? request.method === 'GET';
}

/** JSON with the secrets in it: the one place where a body is turned into text. */
export function bodyText(body: unknown): string {
  return JSON.stringify(body, function reveal(this: unknown, key: string, value: unknown) {
    const raw = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value;
    return raw instanceof Secret ? raw.reveal() : value;
  });
}
