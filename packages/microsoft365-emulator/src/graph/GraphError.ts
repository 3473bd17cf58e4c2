export interface GraphErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target: string;
}

export interface GraphErrorOptions {
  readonly details?: readonly GraphErrorDetail[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly innerCode?: string;
}

/** A refusal in the form of Microsoft Graph. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly GraphErrorDetail[];
  readonly headers: Readonly<Record<string, string>>;
  readonly innerCode: string | undefined;

  constructor(status: number, code: string, message: string, more: GraphErrorOptions = {}) {
    super(message);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
    this.innerCode = more.innerCode;
  }

  body(trace: { requestId: string; clientRequestId: string; now: Date }): object {
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.details.length > 0 ? { details: this.details } : {}),
        innerError: {
          ...(this.innerCode === undefined ? {} : { code: this.innerCode }),
          date: trace.now.toISOString().slice(0, 19),
          'request-id': trace.requestId,
          'client-request-id': trace.clientRequestId,
        },
      },
    };
  }
}
