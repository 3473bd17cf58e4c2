import type { ApiVersion } from './authorization/authorizeExchange.ts';
import type { ExchangeCaller } from './ExchangeCaller.ts';

/** A call of the admin API, whether it came by itself or in a batch. */
export interface ExchangeRequest {
  readonly version: ApiVersion;
  /** The tenant as the path names it. */
  readonly tenant: string;
  /** `InvokeCommand`, or an endpoint of v2.0. */
  readonly endpoint: string;
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Gives the parsed body; throws when it is not JSON. */
  readonly body: () => unknown;
  readonly origin: string;
}

/** An answer before it is written down; a `null` body is the one made of NUL bytes. */
export interface ExchangeResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object | null | undefined;
  readonly requestId: string;
  readonly caller: ExchangeCaller | undefined;
}
