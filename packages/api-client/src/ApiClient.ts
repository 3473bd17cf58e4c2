import type { Operation, OperationId, operations } from '@isthmus/contracts';
import type { z } from 'zod';
import { ApiError } from './ApiError.ts';
import { isProblem } from './isProblem.ts';

type Operations = typeof operations;
type PartsOf<Op> =
  Op extends Operation<infer Params, infer Query, infer Body, infer Response>
    ? { params: z.input<Params>; query: z.input<Query>; body: z.input<Body>; response: z.output<Response> }
    : never;
type Given<Name extends string, Value> = [Value] extends [never]
  ? { readonly [Key in Name]?: never }
  : Record<never, never> extends Value
    ? { readonly [Key in Name]?: Value }
    : { readonly [Key in Name]: Value };

/** What a call of the operation has to be given: its `params`, `query` and `body`, as far as it has them. */
export type RequestOf<Id extends OperationId> = Given<'params', PartsOf<Operations[Id]>['params']> &
  Given<'query', PartsOf<Operations[Id]>['query']> &
  Given<'body', PartsOf<Operations[Id]>['body']>;
export type ResponseOf<Id extends OperationId> = PartsOf<Operations[Id]>['response'];

export interface CallSettings {
  readonly signal?: AbortSignal;
  /** Makes a repeated call harmless: the server answers the first call's answer again. */
  readonly idempotencyKey?: string;
}

export interface ApiClient {
  /** @throws ApiError with the server's problem details, or `client.unreachable` */
  call<Id extends OperationId>(id: Id, request: RequestOf<Id>, settings?: CallSettings): Promise<ResponseOf<Id>>;
  /** The text of an operation that answers no JSON, such as a CSV file. */
  text<Id extends OperationId>(id: Id, request: RequestOf<Id>, settings?: CallSettings): Promise<string>;
  urlOf<Id extends OperationId>(id: Id, request: RequestOf<Id>): string;
}

/** What the client has to know of an operation. */
type Endpoint = Pick<Operation, 'method' | 'path' | 'produces'>;
export type Endpoints = Readonly<Record<OperationId, Endpoint>>;

export interface ApiClientOptions {
  /** `operations` of the contracts, or as much of them as is worth loading into a browser. */
  readonly endpoints: Endpoints;
  /** Origin of the server; empty = the page's own. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  readonly headers?: () => Readonly<Record<string, string>>;
}

interface AnyRequest {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

function urlFor(baseUrl: string, endpoint: Endpoint, request: AnyRequest): string {
  const params = Object.entries((request.params ?? {}) as Record<string, string>);
  const path = params.reduce(
    (text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(value)),
    endpoint.path,
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((request.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  return `${baseUrl}/api/v1${path}${query.size > 0 ? `?${query}` : ''}`;
}

async function errorFrom(response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => undefined);
  if (isProblem(answer)) return new ApiError(answer);
  return new ApiError({
    type: 'about:blank',
    title: 'Unexpected answer',
    status: response.status,
    code: 'client.unexpected-answer',
    detail: `The server answered with status ${response.status} and nothing that could be read.`,
    remedy: 'Try again; if it stays so, look into the log of the server.',
    requestId: response.headers.get('x-request-id') ?? '',
  });
}

function unreachable(cause: unknown): ApiError {
  return new ApiError(
    {
      type: 'about:blank',
      title: 'Not reachable',
      status: 0,
      code: 'client.unreachable',
      detail: 'Isthmus did not answer.',
      remedy: 'Check that the server runs and that this computer is connected.',
      requestId: '',
    },
    cause,
  );
}

/** The typed client of the REST API, for dashboard and CLI. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const send = async (id: OperationId, request: AnyRequest, settings: CallSettings = {}): Promise<Response> => {
    const endpoint = options.endpoints[id];
    const init: RequestInit = {
      method: endpoint.method,
      headers: {
        accept: endpoint.produces ?? 'application/json',
        'x-isthmus-client': '1',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(settings.idempotencyKey === undefined ? {} : { 'idempotency-key': settings.idempotencyKey }),
        ...options.headers?.(),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      ...(settings.signal === undefined ? {} : { signal: settings.signal }),
    };
    const ask = options.fetch ?? fetch;
    const response = await ask(urlFor(options.baseUrl, endpoint, request), init).catch((cause: unknown) => {
      if (settings.signal?.aborted === true) throw cause;
      throw unreachable(cause);
    });
    if (!response.ok) throw await errorFrom(response);
    return response;
  };
  return {
    call: async (id, request, settings) => {
      const response = await send(id, request, settings);
      return (response.status === 204 ? undefined : await response.json()) as ResponseOf<typeof id>;
    },
    text: async (id, request, settings) => (await send(id, request, settings)).text(),
    urlOf: (id, request) => urlFor(options.baseUrl, options.endpoints[id], request),
  };
}
