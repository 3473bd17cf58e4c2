import Fastify, { type FastifyInstance } from 'fastify';
import type { ServerCertificate } from './certificates.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const MAXIMUM_BODY = 4 * 1024 * 1024;

/** The HTTPS server without its routes. Bodies stay bytes: each service reads them in its own way. */
export function createServer({ certificate, key }: ServerCertificate): FastifyInstance {
  const app: FastifyInstance = Fastify({
    https: { key, cert: certificate },
    bodyLimit: MAXIMUM_BODY,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2048 },
    forceCloseConnections: true,
    // Otherwise it loads compilers of schemas, which take a while, and no route has a schema.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    keepAliveTimeout: 120_000,
    frameworkErrors: (error, _, reply) => reply.raw.writeHead(statusOf(error), JSON_TYPE).end(describe(error)),
  }) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  app.setErrorHandler((error, _, reply) => reply.code(statusOf(error)).headers(JSON_TYPE).send(describe(error)));
  app.setNotFoundHandler((request, reply) => {
    if (!request.url.startsWith('/v1.0')) return reply.code(404).type('text/html').send('<h1>404</h1>');
    return reply
      .code(405)
      .headers(JSON_TYPE)
      .send(graphError('Specified HTTP method is not allowed for the request target.'));
  });
  return app;
}

function noSchemas(): never {
  throw new TypeError('Routes check what they get by themselves, without schemas of the framework');
}

function statusOf(error: unknown): number {
  const { statusCode } = Object(error) as { statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : 500;
}

/** A mistake of the emulator's own is told to whoever runs it; the caller gets no more than its message. */
function describe(error: unknown): string {
  if (statusOf(error) >= 500) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  const message = error instanceof Error ? error.message : 'An error of the emulator.';
  return graphError(message, statusOf(error) >= 500 ? 'UnknownError' : 'BadRequest');
}

function graphError(message: string, code = 'BadRequest'): string {
  return JSON.stringify({ error: { code, message } });
}
