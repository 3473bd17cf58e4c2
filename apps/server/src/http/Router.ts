import type { Operation } from '@isthmus/contracts';
import type { z } from 'zod';
import type { Actor } from './Actor.ts';

/** What a handler is given: everything validated, the caller permitted. */
export interface Call<Op> {
  readonly params: Op extends Operation<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
  readonly query: Op extends Operation<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
  readonly body: Op extends Operation<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
  /** @throws DomainError `session.required`; use it in operations that are not for `anybody`. */
  readonly actor: Actor;
  /** The caller of an operation for `anybody`, when signed in. */
  readonly findActor: () => Actor | undefined;
  readonly requestId: string;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
  readonly address: string;
  readonly client: string;
  /** Sets or clears the session cookie; only the session feature uses it. */
  readonly setSessionCookie: (token: string | null, expiresAt?: Date) => void;
}

/** What a handler of the operation answers; nothing where the contract promises nothing. */
export type ResponseOf<Op> = Op extends Operation<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.input<R> : never;

/** Registers handlers for operations; the HTTP shell behind it validates, authorizes, audits refusals and answers. */
export interface Router {
  handle<Op extends Operation>(operation: Op, handler: (call: Call<Op>) => Promise<ResponseOf<Op>>): void;
  /** For operations that produce a file instead of JSON. */
  handleText<Op extends Operation>(
    operation: Op,
    handler: (call: Call<Op>) => Promise<{ readonly fileName: string; readonly text: string }>,
  ): void;
}
