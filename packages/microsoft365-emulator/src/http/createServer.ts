import Fastify, { type FastifyInstance } from 'fastify';
import type { ServerCertificate } from './certificates.ts';

const MAXIMUM_BODY = 4 * 1024 * 1024;

/** The HTTPS server without its routes. Bodies stay bytes: each service reads them in its own way. */
export function createServer({ certificate, key }: ServerCertificate): FastifyInstance {
  const app: FastifyInstance = Fastify({
    https: { key, cert: certificate },
    bodyLimit: MAXIMUM_BODY,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2048 },
    forceCloseConnections: true,
    keepAliveTimeout: 120_000,
  }) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  app.setNotFoundHandler((_, reply) => reply.code(404).type('text/html').send('<h1>404</h1>'));
  return app;
}
