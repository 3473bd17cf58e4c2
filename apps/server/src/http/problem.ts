import { STATUS_CODES } from 'node:http';
import type { Problem } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { z } from 'zod';

/** HTTP status of every error that does not follow from its ending; whatever is not here is refused as 422. */
const statusOfCode: Readonly<Record<string, number>> = {
  'session.required': 401,
  'session.wrong-name-or-password': 401,
  'session.not-permitted': 403,
  'session.not-allowed': 403,
  'session.account-disabled': 403,
  'session.account-expired': 403,
  'session.account-locked': 403,
  'session.password-expired': 403,
  'session.must-change-password': 403,
  'session.too-many-attempts': 429,
  'session.not-set-up': 409,
  'session.directory-unreachable': 503,
  'setup.wrong-code': 403,
  'setup.too-many-attempts': 429,
  'setup.already-done': 409,
  'http.cross-site-refused': 403,
  'http.invalid-input': 400,
  'http.not-json': 415,
  'http.body-too-large': 413,
  'http.request-in-progress': 409,
  'http.method-not-allowed': 405,
  'integration.not-integrated': 409,
  'jobs.already-ended': 409,
  'jobs.nothing-to-retry': 409,
  'imports.passwords-not-yours': 403,
  'imports.still-running': 409,
  'imports.passwords-gone': 410,
  'notifications.off': 409,
  'domains.not-watched': 404,
  'domains.provider-missing': 404,
  'domains.nothing-to-undo': 409,
  'dns.changed-meanwhile': 409,
  'online.domain-missing': 404,
  'online.throttled': 503,
  'online.unreachable': 503,
  'directory.unreachable': 503,
  'directory.certificate-not-trusted': 503,
  'directory.credentials-refused': 503,
  'storage.unreachable': 503,
  'storage.disk-full': 507,
  'storage.setting-damaged': 500,
};

const statusOfEnding: readonly (readonly [RegExp, number])[] = [
  [/[.-]not-found$/, 404],
  [/-taken$/, 409],
  [/-already-[a-z-]+$/, 409],
];

function statusOf(error: DomainError): number {
  const known = statusOfCode[error.code] ?? statusOfEnding.find(([ending]) => ending.test(error.code))?.[1];
  return known ?? (error.retryable ? 503 : 422);
}

export type InputPart = 'params' | 'query' | 'body';

/** An input that does not fit its schema, with what to do about each field. */
export class InvalidInputError extends DomainError {
  readonly errors: NonNullable<Problem['errors']>;

  constructor(part: InputPart, error: z.ZodError) {
    const errors = error.issues.map((issue) => ({
      field: fieldOf(part, issue),
      code: `input.${issue.code.replaceAll('_', '-')}`,
      message: issue.message,
      remedy: remedyFor(issue),
    }));
    const fields = [...new Set(errors.map(({ field }) => field))].join(', ');
    super({
      code: 'http.invalid-input',
      message: `The request has values that cannot be used: ${fields}.`,
      remedy: errors[0]?.remedy ?? 'Correct the named fields.',
      ...(errors.length === 1 && errors[0] !== undefined ? { field: errors[0].field } : {}),
      cause: error,
    });
    this.errors = errors;
  }
}

function fieldOf(part: InputPart, issue: z.core.$ZodIssue): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
  return path.length === 0 ? part : path.map(String).join('.');
}

function remedyFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Give a value of the type ${issue.expected}.`;
    case 'too_small':
      return `Give at least ${issue.minimum}${issue.origin === 'string' ? ' characters' : ''}.`;
    case 'too_big':
      return `Give at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}.`;
    case 'invalid_value':
      return `Give one of: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_format':
      return `Give a value in the format ${issue.format}.`;
    case 'unrecognized_keys':
      return `Leave out ${issue.keys.join(', ')}.`;
    default:
      return 'Compare the value with the API description.';
  }
}

/** The error as problem details (RFC 9457); nothing of an unexpected error is shown. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (!(error instanceof DomainError)) return unexpected(requestId);
  const status = statusOf(error);
  return {
    type: `urn:isthmus:problem:${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: error.code,
    detail: error.message,
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(error instanceof InvalidInputError ? { errors: error.errors } : {}),
    requestId,
  };
}

function unexpected(requestId: string): Problem {
  return {
    type: 'urn:isthmus:problem:server.unexpected',
    title: STATUS_CODES[500] ?? 'Error',
    status: 500,
    code: 'server.unexpected',
    detail: 'Something unexpected went wrong on the server.',
    remedy: `Try again. If it stays so, look into the log of the server for the request ${requestId}.`,
    requestId,
  };
}
