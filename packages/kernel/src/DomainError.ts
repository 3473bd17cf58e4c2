/** What a person who meets this error can be told; every field is safe to show and to log. */
export interface DomainErrorDetails {
  /** Stable dotted code such as `directory.user-name-taken`; documented and translated, never reworded. */
  readonly code: string;
  /** One English sentence: what happened. Never contains a secret. */
  readonly message: string;
  /** One English sentence: what to do about it. */
  readonly remedy?: string;
  /** Input field the error belongs to, in the spelling of the API. */
  readonly field?: string;
  /** True when the same call may work later without a change. */
  readonly retryable?: boolean;
  /** Values for translated messages; never secrets. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

/**
 * The one error type that crosses module borders. Adapters translate foreign errors into it once, at their edge,
 * and keep the original as `cause`.
 */
export class DomainError extends Error {
  readonly code: string;
  readonly remedy: string | undefined;
  readonly field: string | undefined;
  readonly retryable: boolean;
  readonly parameters: Readonly<Record<string, string | number>>;

  constructor(details: DomainErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'DomainError';
    this.code = details.code;
    this.remedy = details.remedy;
    this.field = details.field;
    this.retryable = details.retryable ?? false;
    this.parameters = details.parameters ?? {};
  }
}

/** True for a {@link DomainError}, optionally one with the given code. */
export function isDomainError(error: unknown, code?: string): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code);
}
