import { type Operation, permissionsOf } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Audit } from '../features/audit/index.ts';
import type { Actor } from './Actor.ts';
import type { Authenticator } from './Authenticator.ts';
import { credentialsOf, refuseCrossSite, setSessionCookie } from './credentials.ts';
import type { IdempotencyKeys, RememberedAnswer } from './IdempotencyKeys.ts';
import { type InputPart, InvalidInputError } from './problem.ts';
import type { Call, ResponseOf, Router } from './Router.ts';

export interface OperationRouterOptions {
  readonly server: FastifyInstance;
  readonly authenticator: Authenticator;
  readonly audit: Audit;
  readonly idempotencyKeys: IdempotencyKeys;
}

export const API_PREFIX = '/api/v1';
const LONGEST_CLIENT_NAME = 200;

/** A call with everything unknown; the types of {@link Router} give it back to the handler as its operation says. */
type AnyCall = Call<Operation>;
type AnyHandler = (call: AnyCall) => Promise<unknown>;

/** Turns operations of the contract into routes: authenticates, permits, validates in and out, answers. */
export class OperationRouter implements Router {
  readonly #options: OperationRouterOptions;
  readonly #handled = new Set<string>();

  constructor(options: OperationRouterOptions) {
    this.#options = options;
  }

  /** Ids of the operations that have a handler. */
  get handled(): ReadonlySet<string> {
    return this.#handled;
  }

  handle<Op extends Operation>(operation: Op, handler: (call: Call<Op>) => Promise<ResponseOf<Op>>): void {
    const answer = async (call: AnyCall, reply: FastifyReply): Promise<void> => {
      const produced = await this.#carryOut(operation, call, reply.request, handler as unknown as AnyHandler);
      await reply.code(produced.status).send(produced.response ?? undefined);
    };
    this.#route(operation, answer);
  }

  handleText<Op extends Operation>(
    operation: Op,
    handler: (call: Call<Op>) => Promise<{ readonly fileName: string; readonly text: string }>,
  ): void {
    const answer = async (call: AnyCall, reply: FastifyReply): Promise<void> => {
      const { fileName, text } = await handler(call as unknown as Call<Op>);
      await reply
        .type(`${operation.produces ?? 'text/plain'}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="${fileName.replaceAll(/[^\w.()-]/g, '_')}"`)
        .send(text);
    };
    this.#route(operation, answer);
  }

  #route(operation: Operation, answer: (call: AnyCall, reply: FastifyReply) => Promise<void>): void {
    this.#handled.add(operation.id);
    this.#options.server.route({
      method: operation.method,
      url: `${API_PREFIX}${operation.path}`,
      handler: async (request, reply) => {
        const credentials = credentialsOf(request);
        refuseCrossSite(request, credentials);
        const actor =
          credentials.token === undefined
            ? undefined
            : await this.#options.authenticator.authenticate(credentials.token, { touch: true });
        await this.#permit(operation, actor, request);
        await answer(callOf(operation, request, reply, actor), reply);
        return reply;
      },
    });
  }

  async #permit(operation: Operation, actor: Actor | undefined, request: FastifyRequest): Promise<void> {
    const { permission } = operation;
    if (permission === 'anybody') return;
    if (actor === undefined) throw signInRequired();
    if (permission === 'signed-in' || permissionsOf[actor.role].includes(permission)) return;
    if (operation.method !== 'GET') {
      await this.#options.audit.record({
        actor: actor.userName,
        address: actor.address,
        action: operation.id,
        sentence: `Was refused: ${operation.summary}`,
        result: 'refused',
        requestId: request.id,
      });
    }
    throw new DomainError({
      code: 'session.not-permitted',
      message: 'Your role does not permit this.',
      remedy: 'Ask an administrator.',
      parameters: { permission },
    });
  }

  #carryOut(
    operation: Operation,
    call: AnyCall,
    request: FastifyRequest,
    handler: AnyHandler,
  ): Promise<RememberedAnswer> {
    const work = async (): Promise<RememberedAnswer> => presentAnswer(operation, await handler(call));
    const key = request.headers['idempotency-key'];
    const actor = call.findActor();
    if (operation.answersSecrets === true) return work();
    if (typeof key !== 'string' || key.length > 200 || operation.method === 'GET' || actor === undefined) return work();
    const content = [operation.id, request.params, request.query, request.body];
    return this.#options.idempotencyKeys.once({ key, sessionId: actor.sessionId, content }, work);
  }
}

/** What leaves the server is checked too: a wrong answer is our error and is found at once. */
function presentAnswer(operation: Operation, result: unknown): RememberedAnswer {
  if (operation.response === undefined) return { status: operation.status ?? 204, response: null };
  const response = operation.response.parse(result) as object;
  return { status: operation.status ?? 200, response };
}

function callOf(operation: Operation, request: FastifyRequest, reply: FastifyReply, actor?: Actor): AnyCall {
  const hangUp = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) hangUp.abort();
  });
  return {
    params: parse('params', operation.params, request.params) as never,
    query: parse('query', operation.query, request.query) as never,
    body: parse('body', operation.body, request.body ?? {}) as never,
    get actor() {
      if (actor === undefined) throw signInRequired();
      return actor;
    },
    findActor: () => actor,
    requestId: request.id,
    signal: hangUp.signal,
    address: request.ip,
    client: (request.headers['user-agent'] ?? '').slice(0, LONGEST_CLIENT_NAME),
    setSessionCookie: (token, expiresAt) => setSessionCookie(reply, token, expiresAt),
  };
}

function parse(part: InputPart, schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(part, parsed.error);
}

function signInRequired(): DomainError {
  return new DomainError({
    code: 'session.required',
    message: 'You are not signed in, or your session has ended.',
    remedy: 'Sign in.',
  });
}
