import { type SignInErrorCode, type SignInErrorRow, signInErrors } from './errorCatalog.ts';

/** A refusal of the sign-in service, from its catalogue. */
export class SignInError extends Error {
  readonly code: number;
  readonly error: string;
  readonly suberror: string | undefined;
  readonly claims: string | undefined;
  /** `AADSTS…: text`, without the trace that each answer adds. */
  readonly text: string;

  constructor(code: SignInErrorCode, values: Readonly<Record<string, string>> = {}) {
    const row: SignInErrorRow = signInErrors[code];
    const number = Number.parseInt(String(code), 10);
    const filled = (template: string): string =>
      template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
    const text = `AADSTS${number}: ${filled(row.text)}`;
    super(text);
    this.name = 'SignInError';
    this.code = number;
    this.error = row.error;
    this.suberror = row.suberror;
    this.claims = row.claims === undefined ? undefined : filled(row.claims);
    this.text = text;
  }

  get status(): number {
    return this.error === 'invalid_client' ? 401 : 400;
  }

  /** The whole body of the answer. */
  body(trace: { traceId: string; correlationId: string; now: Date; origin: string }): Record<string, unknown> {
    const timestamp = `${trace.now.toISOString().slice(0, 19).replace('T', ' ')}Z`;
    const parts = [this.text, `Trace ID: ${trace.traceId}`, `Correlation ID: ${trace.correlationId}`];
    return {
      error: this.error,
      error_description: `${parts.join(' ')} Timestamp: ${timestamp}`,
      error_codes: [this.code],
      timestamp,
      trace_id: trace.traceId,
      correlation_id: trace.correlationId,
      error_uri: `${trace.origin}/error?code=${this.code}`,
      ...(this.suberror === undefined ? {} : { suberror: this.suberror }),
      ...(this.claims === undefined ? {} : { claims: this.claims }),
    };
  }
}
