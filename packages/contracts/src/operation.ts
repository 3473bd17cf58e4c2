import type { z } from 'zod';
import type { Permission } from './permissions.ts';

type Schema = z.ZodType;

/**
 * One operation of the REST API, described once: the server registers its route from it, the OpenAPI description is
 * made from it, and the client of dashboard and CLI is typed by it.
 */
export interface Operation<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Response extends Schema = Schema,
> {
  /** OpenAPI operation id, unique: `listUsers`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with `:name` parameters. */
  readonly path: string;
  /** Feature the operation belongs to; the tag in OpenAPI. */
  readonly feature: string;
  readonly summary: string;
  /** What the caller needs; `anybody` also serves callers who are not signed in. */
  readonly permission: Permission | 'anybody' | 'signed-in';
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Absent = 204 without content. */
  readonly response?: Response;
  readonly status?: 200 | 201 | 202 | 204;
  /** Content type when it is not JSON, such as `text/csv`; then `response` is absent. */
  readonly produces?: string;
  /** The answer holds secrets: it is never remembered for a repeated request. */
  readonly answersSecrets?: boolean;
}

export function defineOperation<
  Params extends Schema = z.ZodNever,
  Query extends Schema = z.ZodNever,
  Body extends Schema = z.ZodNever,
  Response extends Schema = z.ZodVoid,
>(operation: Operation<Params, Query, Body, Response>): Operation<Params, Query, Body, Response> {
  return operation;
}
