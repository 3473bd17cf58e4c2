import { SignInError } from './SignInError.ts';

/** A call of the token endpoint. */
export interface TokenRequest {
  /** As in the path: an id, a domain, `common` or `organizations`. */
  readonly tenantName: string;
  readonly form: URLSearchParams;
  /** Client secret given by HTTP Basic. */
  readonly basicSecret: string | undefined;
  readonly origin: string;
  readonly now: Date;
}

/** A field that must be there. */
export function getField(form: URLSearchParams, parameter: string): string {
  const value = form.get(parameter);
  if (value === null || value === '') throw new SignInError(900144, { parameter });
  return value;
}

/** Whether the client says that it understands continuous access evaluation. */
export function declaresCp1(form: URLSearchParams): boolean {
  return /"xms_cc"[^\]]*"cp1"/i.test(form.get('claims') ?? '');
}
