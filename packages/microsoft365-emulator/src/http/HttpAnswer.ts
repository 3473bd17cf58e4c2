/** What a handler answers; sending it, or cutting the connection instead, is up to `serve`. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
  /** True to cut the connection instead of answering. */
  readonly cut?: boolean | undefined;
  readonly call?: CallDetails | undefined;
}

/** What the request log should know about a call. */
export interface CallDetails {
  readonly requestId: string;
  /** As the service found it where others do not look, such as in a form. */
  readonly clientRequestId?: string | undefined;
  readonly appId?: string | undefined;
  readonly userId?: string | undefined;
  readonly resourceUnits?: number | undefined;
}
