import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { DomainError, type Logger } from '@isthmus/kernel';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { findDatabaseError } from '../storage/databaseError.ts';
import { apiDocsPage } from './apiDocsPage.ts';
import { API_PREFIX } from './OperationRouter.ts';
import { openApi } from './openApi.ts';
import { problemOf } from './problem.ts';

export interface HttpServerOptions {
  readonly tls: { readonly key: string; readonly cert: string };
  readonly version: string;
  readonly logger: Logger;
}

/** Enough for the biggest bulk command: 10,000 accounts. */
const BODY_LIMIT = 4 * 1024 * 1024;
const ONE_YEAR = 365 * 24 * 60 * 60;

/** The TLS server with what every request meets: security headers, request ids, problem details. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    https: { ...options.tls, minVersion: 'TLSv1.2' },
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    requestTimeout: 120_000,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
  }) as unknown as FastifyInstance;
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // The style library writes its rules into the page while it runs.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: { maxAge: ONE_YEAR, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  await server.register(cookie);
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  server.setErrorHandler((error: FastifyError, request, reply) => answerProblem(options.logger, error, request, reply));
  const description = openApi(options.version);
  server.get(`${API_PREFIX}/openapi.json`, async () => description);
  server.get('/api/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(apiDocsPage(options.version)),
  );
  server.get('/api/health', async () => ({ status: 'ok', version: options.version }));
  return server;
}

/** Fastify's own refusals, in our words. */
function translate(error: FastifyError | DomainError): Error {
  if (error instanceof DomainError) return error;
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refusal('http.body-too-large', 'The request is too large.', 'Split it into smaller ones.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refusal('http.not-json', 'The body must be JSON.', 'Send it with the content type application/json.');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return refusal('http.invalid-input', 'The body is not valid JSON.', 'Send a JSON object.');
    default:
      return findDatabaseError(error) ?? error;
  }
}

function refusal(code: string, message: string, remedy: string): DomainError {
  return new DomainError({ code, message, remedy });
}

function answerProblem(logger: Logger, error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const translated = translate(error);
  const problem = problemOf(translated, request.id);
  const fields = { requestId: request.id, method: request.method, path: request.url.split('?')[0], code: problem.code };
  if (problem.status >= 500) logger.error({ ...fields, error: translated }, 'a request failed');
  else logger.debug(fields, 'a request was refused');
  if (problem.status === 503) reply.header('retry-after', '5');
  reply.code(problem.status).type('application/problem+json; charset=utf-8').send(problem);
}
